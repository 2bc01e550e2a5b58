/** {@code hms walk}: an investor's workflow through the public API, asserted step by step. */
package org.hmsach.cli.walk;
