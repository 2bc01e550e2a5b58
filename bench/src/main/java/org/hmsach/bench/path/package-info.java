/** An order's way through the core without log and network, beside exchange-core's whole pipeline. */
package org.hmsach.bench.path;
