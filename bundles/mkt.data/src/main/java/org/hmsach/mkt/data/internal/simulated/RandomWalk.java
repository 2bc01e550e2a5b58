package org.hmsach.mkt.data.internal.simulated;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.zip.CRC32;

/**
 * One symbol's made-up market: a bid that walks by ticks and is pulled back to where it began, a spread and sizes. The
 * same seed and symbol give the same walk, whatever other symbols there are. Not thread-safe.
 */
final class RandomWalk {
    private static final int LOT = 100;
    private static final int MAX_SPREAD_TICKS = 4;

    /** A step: how long after the one before, the quote in ticks and shares, and a trade where there is one. */
    record Step(
            int delayMs,
            long bidTicks,
            int bidSize,
            long askTicks,
            int askSize,
            boolean bidUpdated,
            boolean askUpdated,
            Optional<Print> print) {}

    /** A trade of the walk. */
    record Print(long priceTicks, int size) {}

    private final SplittableRandom random;
    private final long startTicks;
    private long bid;
    private int bidSize;
    private long ask;
    private int askSize;

    RandomWalk(long seed, String symbol, long startTicks) {
        CRC32 name = new CRC32();
        name.update(symbol.getBytes(StandardCharsets.UTF_8));
        this.random = new SplittableRandom(seed * 31 + name.getValue());
        this.startTicks = startTicks;
        this.bid = startTicks;
        this.ask = startTicks + spread();
        this.bidSize = size();
        this.askSize = size();
    }

    /** The next step; the first has the starting quote and a trade, and no delay. */
    Step first() {
        return new Step(0, bid, bidSize, ask, askSize, true, true, Optional.of(new Print(bid, LOT)));
    }

    Step next() {
        int delayMs = 50 + random.nextInt(700);
        boolean moves = random.nextInt(5) < 2;
        boolean bidSide = random.nextBoolean();
        if (moves) {
            bid = Math.max(1, bid + direction() * (1 + random.nextInt(2)));
            ask = bid + spread();
        }
        if (moves || bidSide) {
            bidSize = size();
        }
        if (moves || !bidSide) {
            askSize = size();
        }
        return new Step(delayMs, bid, bidSize, ask, askSize, moves || bidSide, moves || !bidSide, print());
    }

    private Optional<Print> print() {
        if (random.nextInt(3) > 0) {
            return Optional.empty();
        }
        boolean atBid = random.nextBoolean();
        int size = Math.min(LOT * (1 + random.nextInt(3)), atBid ? bidSize : askSize);
        return Optional.of(new Print(atBid ? bid : ask, size));
    }

    /** Up or down; the further from the start, the likelier back: a fifth of the price away it always turns. */
    private int direction() {
        long away = (bid - startTicks) * 500 / startTicks;
        return random.nextInt(200) < 100 - away ? 1 : -1;
    }

    private int spread() {
        return 1 + random.nextInt(MAX_SPREAD_TICKS);
    }

    private int size() {
        return LOT * (1 + random.nextInt(20));
    }
}
