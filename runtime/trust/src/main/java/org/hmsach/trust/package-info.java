/** Whose bundles may run: the distribution's own by digest, all others by signature of a trusted signer. */
package org.hmsach.trust;
