package org.hmsach.core.internal.audit;

import java.util.List;
import java.util.Map;
import org.hmsach.core.internal.disk.Problem;

/**
 * What a check of a stopped core found.
 *
 * @param problems       what is wrong; nothing when it holds
 * @param notes          what is to know and not wrong, e.g. a tail that the next start cuts
 * @param clusterId      journalled cluster id, hexadecimal
 * @param entries        last entry of the log
 * @param tapeEvents     last whole event of the tape
 * @param events         last event that the log makes
 * @param stateHash      SHA-256 of the state after the last entry, hexadecimal
 * @param chainHash      chain hash after the last event, hexadecimal
 * @param snapshots      snapshots that are what the log makes
 * @param acceptedOrders orders that were taken
 * @param unchecked      of these, how many lack the allow-verdict of a rule required then
 * @param sums           sum of all ledger legs per asset
 */
public record CoreReport(
        List<Problem> problems,
        List<Problem> notes,
        String clusterId,
        long entries,
        long tapeEvents,
        long events,
        String stateHash,
        String chainHash,
        long snapshots,
        long acceptedOrders,
        long unchecked,
        Map<String, Long> sums) {
    /** Whether nothing is wrong. */
    public boolean ok() {
        return problems.isEmpty();
    }
}
