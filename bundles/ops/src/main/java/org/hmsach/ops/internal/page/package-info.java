/** The page "Modules" of the Web Console. */
package org.hmsach.ops.internal.page;
