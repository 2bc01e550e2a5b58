/** Checks that each break one promise. */
package org.hmsach.conformance.bad;
