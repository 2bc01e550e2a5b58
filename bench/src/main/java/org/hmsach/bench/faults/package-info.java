/** The fault campaign: loads that keep their own journal, faults of every kind, and proofs after each. */
package org.hmsach.bench.faults;
