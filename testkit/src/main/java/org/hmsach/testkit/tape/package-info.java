/** An exported tape, told again to a vendor's code. */
package org.hmsach.testkit.tape;
