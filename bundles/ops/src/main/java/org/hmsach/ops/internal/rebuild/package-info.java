/** The SQL read models, made anew by an operator. */
package org.hmsach.ops.internal.rebuild;
