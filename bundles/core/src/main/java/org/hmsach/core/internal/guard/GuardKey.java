package org.hmsach.core.internal.guard;

/** Tells guards apart. */
record GuardKey(String spi, String name, long bundleId) {
    @Override
    public String toString() {
        return spi + ' ' + name;
    }
}
