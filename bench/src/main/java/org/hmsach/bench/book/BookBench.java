package org.hmsach.bench.book;

import java.nio.file.Files;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hmsach.bench.run.Comparison;

/** The book beside exchange-core's Direct book, over two published streams of orders with known trades. */
public final class BookBench {
    private static final int WARM_UPS = 6;

    private BookBench() {}

    /** @param args rounds (9) */
    public static void main(String[] args) throws Exception {
        Comparison comparison = new Comparison(Comparison.rounds(args), WARM_UPS);
        comparison.printMachine("book");
        String expected = Files.readString(SharedData.file("streams/single-1k/expected.json"));
        OrderStream single = OrderStream.single(
                SharedData.file("streams/single-1k/commands.csv.gz"),
                Integer.parseInt(value(expected, "\"commands\": (\\d+)")));
        BookContender ours = new BookContender(single);
        double singleRatio = ratio(comparison, "single-1k", ours, new ExchangeCoreContender(single));
        String known = value(expected, "\"tradeHash\": \"([0-9a-f]+)\"");
        if (ours.tradeHash() != Long.parseUnsignedLong(known, 16)) {
            throw new IllegalStateException("single-1k: the trades are not the published ones");
        }
        OrderStream flash = OrderStream.flash(SharedData.file("streams/flash1-normal/normal.f1cm.xz"));
        double flashRatio =
                ratio(comparison, "flash1-normal", new BookContender(flash), new ExchangeCoreContender(flash));
        System.out.printf(
                Locale.ROOT,
                "ratio to exchange-core Direct: flash1-normal %.2f (wanted 1.7), single-1k %.2f (wanted 3)%n",
                flashRatio,
                singleRatio);
    }

    private static double ratio(Comparison comparison, String what, BookContender ours, ExchangeCoreContender yardstick)
            throws Exception {
        List<Comparison.Figures> figures = comparison.run(what, ours, yardstick);
        return Comparison.ratio(figures);
    }

    private static String value(String json, String pattern) {
        Matcher matcher = Pattern.compile(pattern).matcher(json);
        if (!matcher.find()) {
            throw new IllegalArgumentException("expected.json: no match of " + pattern);
        }
        return matcher.group(1);
    }
}
