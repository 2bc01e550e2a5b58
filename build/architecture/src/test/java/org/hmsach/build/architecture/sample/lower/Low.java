package org.hmsach.build.architecture.sample.lower;

import org.hmsach.build.architecture.sample.higher.High;

/** Half of a cycle, to prove that the test sees one. */
public record Low(High high) {}
