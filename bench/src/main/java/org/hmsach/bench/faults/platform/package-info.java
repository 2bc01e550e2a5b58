/** The whole platform under load while it is killed, its clock is set, its disk and its database are away. */
package org.hmsach.bench.faults.platform;
