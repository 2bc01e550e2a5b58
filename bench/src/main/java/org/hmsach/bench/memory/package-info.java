/** What accounts, positions and orders cost in memory, and a start in processor time. */
package org.hmsach.bench.memory;
