/** Scenarios on a process that is a core and nothing else. */
package org.hmsach.bench.faults.core;
