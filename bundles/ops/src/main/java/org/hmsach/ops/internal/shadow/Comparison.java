package org.hmsach.ops.internal.shadow;

/**
 * What the serving version and the shadow answered to one question about one order.
 *
 * @param rule      the rule, or the kind of fee
 * @param direction below 0 when the shadow is looser or cheaper, 0 when both say the same, above 0 when it is
 *                  stricter or dearer
 */
record Comparison(String rule, int direction, ShadowReport.Said live, ShadowReport.Said shadow) {}
