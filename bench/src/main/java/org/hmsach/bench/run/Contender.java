package org.hmsach.bench.run;

/** One side of a comparison: the same work, done its own way. */
public interface Contender extends AutoCloseable {
    String name();

    /** What must stand before the clock runs: an empty book, connected clients. */
    default void prepare() throws Exception {}

    /** The work that is measured. @return how many operations it did */
    long run() throws Exception;

    /** A number that differs when the results of the last run differ; taken when the clock has stopped. */
    long digest() throws Exception;

    /** Processor time used so far by the one that is measured: this process, unless it is another. */
    default long cpuNanos() {
        return Comparison.MACHINE.getProcessCpuTime();
    }

    @Override
    default void close() throws Exception {}
}
