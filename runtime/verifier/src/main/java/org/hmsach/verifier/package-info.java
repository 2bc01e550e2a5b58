/** A tape, checked by somebody who trusts nobody. */
package org.hmsach.verifier;
