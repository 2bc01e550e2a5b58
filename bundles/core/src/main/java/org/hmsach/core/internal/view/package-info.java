/** What readers see: immutable values, published on the machine thread after each entry. */
package org.hmsach.core.internal.view;
