package org.hmsach.cli.walk;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Set;
import java.util.TreeSet;
import java.util.zip.ZipFile;

/**
 * Reads the raw quote file of a day on its own, without any code of the server, and tells which prices stood when.
 *
 * <p>Columns: milliseconds since midnight New York, bid price, bid size, ask price, ask size, exchange, condition,
 * suspicious. Prices are integers in 1/10,000 dollar; every row updates one side.
 */
final class RawQuotes {
    private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");
    private static final BigDecimal UNITS = BigDecimal.valueOf(10_000);

    private final Path folder;

    RawQuotes(Path marketData) {
        this.folder = marketData.resolve("equity/usa/tick");
    }

    /** Whether there is a quote file of the symbol and day. */
    boolean has(String symbol, LocalDate day) {
        return Files.isRegularFile(file(symbol, day));
    }

    /**
     * Prices of one side that stood at some moment between two times.
     *
     * @param ask    whether the ask or the bid
     * @param fromMs milliseconds since 1970 UTC
     * @param toMs   milliseconds since 1970 UTC
     */
    Set<BigDecimal> between(String symbol, LocalDate day, boolean ask, long fromMs, long toMs) throws IOException {
        long midnight = day.atStartOfDay(NEW_YORK).toInstant().toEpochMilli();
        Set<BigDecimal> seen = new TreeSet<>();
        try (ZipFile zip = new ZipFile(file(symbol, day).toFile());
                BufferedReader lines = new BufferedReader(new InputStreamReader(
                        zip.getInputStream(zip.entries().nextElement()), StandardCharsets.US_ASCII))) {
            BigDecimal standing = null;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                String[] columns = line.split(",", -1);
                long timeMs = midnight + Long.parseLong(columns[0]);
                String price = columns[ask ? 3 : 1];
                if (timeMs > toMs) {
                    break;
                }
                if (price.equals("0") || price.isEmpty()) {
                    continue;
                }
                if (timeMs > fromMs && standing != null) {
                    seen.add(standing);
                }
                standing = new BigDecimal(price).divide(UNITS).stripTrailingZeros();
            }
            if (standing != null) {
                seen.add(standing);
            }
        } catch (NumberFormatException e) {
            throw new UncheckedIOException(new IOException("broken quote file " + file(symbol, day), e));
        }
        return seen;
    }

    private Path file(String symbol, LocalDate day) {
        return folder.resolve(symbol.toLowerCase(java.util.Locale.ROOT))
                .resolve(DateTimeFormatter.BASIC_ISO_DATE.format(day) + "_quote.zip");
    }
}
