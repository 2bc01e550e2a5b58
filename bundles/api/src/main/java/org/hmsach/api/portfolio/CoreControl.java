package org.hmsach.api.portfolio;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.osgi.annotation.versioning.ConsumerType;
import org.osgi.annotation.versioning.ProviderType;

/** State of the core and proofs over its log, for operators. */
@ProviderType
public interface CoreControl {
    /**
     * Where the core stands, all figures of one moment.
     *
     * @param clusterId      journalled cluster id
     * @param machineVersion active machine version
     * @param entry          last applied entry
     * @param tapeNumber     last event
     * @param stateHash      SHA-256 of the machine's state, hexadecimal
     * @param chainHash      chain hash of the tape, hexadecimal
     * @param takesCommands  whether the door is open
     * @param why            why not, when it is not
     */
    record Status(
            long clusterId,
            int machineVersion,
            long entry,
            long tapeNumber,
            String stateHash,
            String chainHash,
            boolean takesCommands,
            String why) {}

    /**
     * Result of replaying the log from its beginning into a second machine.
     *
     * @param entry        entry up to which both were compared
     * @param liveHash     state hash of the running machine at that entry
     * @param replayedHash state hash of the replayed one
     * @param sums         sum of all ledger legs per asset, {@code "USD 0"}; every one must be zero
     * @param millis       how long the replay took
     */
    record Verification(long entry, String liveHash, String replayedHash, List<AssetSum> sums, long millis) {
        /** Whether the hashes are equal and all sums are zero. */
        public boolean holds() {
            return liveHash.equals(replayedHash) && sums.stream().allMatch(s -> s.sum() == 0);
        }
    }

    /** Sum over all ledger accounts of one asset. */
    record AssetSum(String asset, long sum) {}

    /** The state now. */
    CompletionStage<Status> status();

    /** Replays the log beside the running machine and compares. */
    CompletionStage<Verification> verify();

    /** Takes a snapshot; completes when it is valid on disk. */
    CompletionStage<Void> snapshot();

    /** Told how a copy gets on, on the thread that copies. */
    @ConsumerType
    interface CopyListener {
        /** Called after each piece. @param total how many bytes it will be */
        void onBytes(long done, long total);
    }

    /**
     * Copies log, tape and a snapshot taken now, up to one entry, while commands are taken. Completes when all is
     * forced to disk, with the state at that entry. Fails with {@link java.io.UncheckedIOException} when the copy
     * cannot be written, e.g. for want of space.
     *
     * @param directory empty, or not there; a core's directory afterwards, to be started or verified elsewhere
     */
    CompletionStage<Status> copyTo(Path directory, CopyListener listener);
}
