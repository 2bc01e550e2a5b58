package org.hmsach.core.internal.sim;

import java.util.List;
import java.util.SplittableRandom;

/** The only source of chance in a simulation: the same seed gives the same run. */
final class Chance {
    private final SplittableRandom random;

    Chance(long seed) {
        random = new SplittableRandom(seed);
    }

    private Chance(SplittableRandom random) {
        this.random = random;
    }

    /** A stream of its own, so that what one actor draws does not move the others. */
    Chance split() {
        return new Chance(random.split());
    }

    /** 0 up to but not with the bound. */
    int below(int bound) {
        return random.nextInt(bound);
    }

    long between(long first, long last) {
        return random.nextLong(first, last + 1);
    }

    boolean oneIn(int n) {
        return random.nextInt(n) == 0;
    }

    long anyLong() {
        return random.nextLong();
    }

    <T> T of(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    @SafeVarargs
    final <T> T of(T... some) {
        return some[random.nextInt(some.length)];
    }

    byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }
}
