package org.hmsach.ops.internal.swap;

import org.hmsach.api.module.ModuleSwitch;
import org.hmsach.ops.internal.frame.BundleRack;

/** What a swap works with. */
record SwapTools(BundleRack rack, ModuleSwitch moduleSwitch, Readiness readiness, TrialOrders trials, CoreSeam core) {}
