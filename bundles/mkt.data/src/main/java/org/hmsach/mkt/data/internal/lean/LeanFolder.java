package org.hmsach.mkt.data.internal.lean;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A folder of LEAN equity data. What it offers is found by listing it:
 * equity/usa/tick/SYMBOL/yyyymmdd_{trade,quote}.zip and equity/usa/daily/SYMBOL.zip.
 */
public final class LeanFolder {
    private static final Pattern TICK_FILE = Pattern.compile("([0-9]{8})_(trade|quote)\\.zip");
    private static final Pattern SYMBOL = Pattern.compile("[a-z][a-z0-9.]{0,15}");

    private final Path root;
    private final List<TickSource> ticks;

    /** One tick file that the folder holds. */
    public record TickSource(String symbol, LocalDate date, TickFile.Kind kind, Path file) {}

    public LeanFolder(Path root) {
        this.root = root;
        Path tick = root.resolve("equity/usa/tick");
        if (!Files.isDirectory(tick)) {
            throw new BadDataFile(tick + ": is no folder; market data is read from DIR/equity/usa/tick/SYMBOL");
        }
        this.ticks = list(tick).stream()
                .filter(Files::isDirectory)
                .filter(folder -> SYMBOL.matcher(name(folder)).matches())
                .flatMap(LeanFolder::sources)
                .toList();
        if (ticks.isEmpty()) {
            throw new BadDataFile(tick + ": holds no SYMBOL/yyyymmdd_trade.zip or SYMBOL/yyyymmdd_quote.zip");
        }
    }

    public SortedSet<String> symbols() {
        SortedSet<String> symbols = new TreeSet<>();
        ticks.forEach(source -> symbols.add(source.symbol()));
        return symbols;
    }

    public SortedSet<LocalDate> dates() {
        SortedSet<LocalDate> dates = new TreeSet<>();
        ticks.forEach(source -> dates.add(source.date()));
        return dates;
    }

    /** The files of a day: by symbol, quotes before trades. */
    public List<TickSource> ticks(LocalDate date) {
        return ticks.stream().filter(source -> source.date().equals(date)).toList();
    }

    /** The symbol's bars, oldest first; none when the folder has no daily file for it. */
    public List<DailyBar> daily(String symbol) {
        Path file = root.resolve("equity/usa/daily").resolve(symbol.toLowerCase(Locale.ROOT) + ".zip");
        return Files.exists(file) ? DailyFile.read(file) : List.of();
    }

    /** Reads every line of every tick file once, so that a broken file shows at the start and not in the afternoon. */
    public void verify() {
        for (TickSource source : ticks) {
            try (TickFile file = new TickFile(source.file(), source.kind())) {
                while (file.next().isPresent()) {
                    continue;
                }
            }
        }
    }

    private static Stream<TickSource> sources(Path folder) {
        String symbol = name(folder).toUpperCase(Locale.ROOT);
        List<TickSource> found = new ArrayList<>();
        for (Path file : list(folder)) {
            Matcher matcher = TICK_FILE.matcher(name(file));
            if (matcher.matches()) {
                TickFile.Kind kind = TickFile.Kind.valueOf(matcher.group(2).toUpperCase(Locale.ROOT));
                found.add(new TickSource(symbol, date(file, matcher.group(1)), kind, file));
            }
        }
        return found.stream();
    }

    private static LocalDate date(Path file, String digits) {
        try {
            return LocalDate.parse(digits, DateTimeFormatter.BASIC_ISO_DATE);
        } catch (DateTimeParseException notADate) {
            throw new BadDataFile(file + ": '" + digits + "' in the file name is no date yyyymmdd", notADate);
        }
    }

    private static String name(Path path) {
        return path.getFileName().toString();
    }

    private static List<Path> list(Path folder) {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.sorted().toList();
        } catch (IOException broken) {
            throw new BadDataFile(folder + ": cannot be listed: " + broken.getMessage(), broken);
        }
    }
}
