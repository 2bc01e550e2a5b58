package org.hmsach.bench.faults.core;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a process wrote into recordings and had not forced when it died, as strace saw it. The kernel holds all of it;
 * had the power gone, any sector of it could be missing.
 */
final class UnforcedWrites implements StraceLog.Listener {
    private static final Pattern BEGUN = Pattern.compile(StraceLog.WRITE + ".*");
    private static final Pattern FORCE_BEGUN = Pattern.compile(StraceLog.FORCE + ".*");
    private static final Pattern FORCED = Pattern.compile(StraceLog.FORCE + StraceLog.RESULT);
    private static final String RECORDING = ".rec";

    private final List<Write> writes = new ArrayList<>();
    private final Map<String, Write> underWay = new HashMap<>();
    private final Map<String, Long> forceBegan = new HashMap<>();
    private long now;

    private static final class Write {
        private final String file;
        private final long from;
        private final long to;
        private long ended = Long.MAX_VALUE;

        Write(String file, long from, long to) {
            this.file = file;
            this.from = from;
            this.to = to;
        }
    }

    static UnforcedWrites read(Path trace) throws IOException {
        UnforcedWrites unforced = new UnforcedWrites();
        StraceLog.read(trace, unforced);
        return unforced;
    }

    @Override
    public void begin(String thread, String call) {
        now++;
        Matcher write = BEGUN.matcher(call);
        if (write.matches() && write.group(1).endsWith(RECORDING)) {
            long from = Long.parseLong(write.group(3));
            Write begun = new Write(write.group(1), from, from + Long.parseLong(write.group(2)));
            writes.add(begun);
            underWay.put(thread, begun);
        } else if (FORCE_BEGUN.matcher(call).matches()) {
            forceBegan.put(thread, now);
        }
    }

    @Override
    public void end(String thread, String call) {
        now++;
        Write write = underWay.remove(thread);
        if (write != null) {
            write.ended = now;
            return;
        }
        Matcher force = FORCED.matcher(call);
        if (force.matches() && force.group(2).equals("0")) {
            long began = forceBegan.getOrDefault(thread, 0L);
            writes.removeIf(one -> one.file.equals(force.group(1)) && one.ended < began);
        }
    }

    /**
     * Takes some of it out of the files again: zeros, which stood there before.
     *
     * @param keep   how probable it is that a piece reached the disk
     * @param atOnce bytes that a disk writes as a whole: a sector or a page
     * @return how many pieces are missing now
     */
    int lose(Random random, double keep, int atOnce) throws IOException {
        int lost = 0;
        for (Write write : writes) {
            for (long piece = write.from & -atOnce; piece < write.to; piece += atOnce) {
                if (random.nextDouble() >= keep) {
                    clear(write, piece, piece + atOnce);
                    lost++;
                }
            }
        }
        return lost;
    }

    private static void clear(Write write, long pieceFrom, long pieceTo) throws IOException {
        long from = Math.max(write.from, pieceFrom);
        int length = (int) (Math.min(write.to, pieceTo) - from);
        try (FileChannel file = FileChannel.open(Path.of(write.file), StandardOpenOption.WRITE)) {
            file.write(ByteBuffer.allocate(length), from);
        }
    }
}
