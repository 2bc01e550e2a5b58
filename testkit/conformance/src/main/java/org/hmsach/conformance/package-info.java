/** Runs a bundle through what the platform relies on, in a framework of its own. */
package org.hmsach.conformance;
