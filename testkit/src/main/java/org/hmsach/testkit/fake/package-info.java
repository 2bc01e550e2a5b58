/** Small stand-ins for what the core and mkt.data offer, held in memory and easy to steer from a test. */
package org.hmsach.testkit.fake;
