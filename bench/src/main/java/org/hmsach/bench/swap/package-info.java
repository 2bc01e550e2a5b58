/** Modules replaced while orders flow: what is lost, doubled, unchecked, refused, and how long an order waits. */
package org.hmsach.bench.swap;
