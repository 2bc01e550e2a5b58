package org.hmsach.bench.path;

import java.util.List;
import java.util.Locale;
import org.hmsach.bench.run.Comparison;

/** The order path in one process, limits, matching, postings, events, beside exchange-core's whole pipeline. */
public final class PathBench {
    private static final int WARM_UPS = 5;
    private static final int ORDERS = 200_000;
    private static final long SEED = 20_260_105;

    private PathBench() {}

    /** @param args rounds (9), orders a round (200000) */
    public static void main(String[] args) throws Exception {
        Comparison comparison = new Comparison(Comparison.rounds(args), WARM_UPS);
        comparison.printMachine("path");
        OrderFlow flow = new OrderFlow(args.length > 1 ? Integer.parseInt(args[1]) : ORDERS, SEED);
        try (PipelineContender pipeline = new PipelineContender(flow)) {
            List<Comparison.Figures> figures = comparison.run("path", new PathContender(flow), pipeline);
            System.out.printf(
                    Locale.ROOT,
                    "ratio to exchange-core's pipeline, orders a second: %.2f (wanted 2), per CPU second %.2f%n",
                    Comparison.ratio(figures),
                    figures.get(0).perCpuSecond() / figures.get(1).perCpuSecond());
        }
    }
}
