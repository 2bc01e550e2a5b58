package org.hmsach.build.architecture.sample.higher;

import java.util.List;
import org.hmsach.build.architecture.sample.lower.Low;

/** The other half. */
public record High(List<Low> lows) {}
