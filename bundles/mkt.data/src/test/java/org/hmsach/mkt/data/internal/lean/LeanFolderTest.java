package org.hmsach.mkt.data.internal.lean;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LeanFolderTest {
    private static final String GOOD_TRADE = "34200000,1815200,283,P,20002020,0";
    private static final String GOOD_QUOTE = "34200000,1815200,300,0,0,P,1,0";

    @TempDir
    Path root;

    @Test
    void findsSymbolsAndDaysByListing() throws IOException {
        LeanFiles.tick(root, "ibm", "20131007_trade", GOOD_TRADE);
        LeanFiles.tick(root, "ibm", "20131007_quote", GOOD_QUOTE);
        LeanFiles.tick(root, "brk.b", "20131008_quote", GOOD_QUOTE);
        Files.writeString(root.resolve("equity/usa/tick/ibm/readme.txt"), "not data");
        LeanFolder folder = new LeanFolder(root);
        assertEquals(Set.of("IBM", "BRK.B"), folder.symbols());
        assertEquals(Set.of(LocalDate.of(2013, 10, 7), LocalDate.of(2013, 10, 8)), folder.dates());
        assertEquals(
                List.of(TickFile.Kind.QUOTE, TickFile.Kind.TRADE),
                folder.ticks(LocalDate.of(2013, 10, 7)).stream()
                        .map(LeanFolder.TickSource::kind)
                        .toList());
    }

    @Test
    void readsPricesAndSizesAtScaleEightAndSkipsSuspiciousLines() throws IOException {
        Path trades = LeanFiles.tick(root, "ibm", "20131007_trade", GOOD_TRADE, "34200001,1,1,P,0,1");
        Path quotes = LeanFiles.tick(root, "ibm", "20131007_quote", GOOD_QUOTE, "34200001,0,0,1818000,3000,P,1,0");
        assertEquals(
                List.of(new TickRow.Trade(34_200_000, 18_152_000_000L, 28_300_000_000L, "P")),
                read(trades, TickFile.Kind.TRADE));
        assertEquals(
                List.of(
                        new TickRow.Quote(34_200_000, 18_152_000_000L, 30_000_000_000L, 0, 0),
                        new TickRow.Quote(34_200_001, 0, 0, 18_180_000_000L, 300_000_000_000L)),
                read(quotes, TickFile.Kind.QUOTE));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "34200000,1815200,283,P,20002020   | has 5 fields, must have 6",
                "34200000,x12,283,P,20002020,0     | price 'x12' is not a whole number",
                "34200000,1815200,28.3,P,20002020,0| size '28.3' is not a whole number",
                "34200000,-1,283,P,20002020,0      | price '-1' must be 1 to 10000000000",
                "34200000,0,283,P,20002020,0       | price '0' must be 1 to 10000000000",
                "34200000,1815200,0,P,20002020,0   | size '0' must be 1 to 10000000000",
                "34199999,1815200,283,P,20002020,0 | time '34199999' must not be before the line above, 34200000",
                "86400000,1815200,283,P,20002020,0 | time '86400000' must be 0 to 86399999",
                "-5,1815200,283,P,20002020,0       | time '-5' must be 0 to 86399999",
                "34200000,1815200,283,P,20002020,2 | suspicious '2' must be 0 to 1",
                "34200000,99999999999999999999,1,P,0,0 | price '99999999999999999999' is not a whole number"
            })
    void namesFileLineFieldValueAndLimitOfABrokenTrade(String line, String complaint) throws IOException {
        Path file = LeanFiles.tick(root, "ibm", "20131007_trade", GOOD_TRADE, line.strip());
        BadDataFile refused = assertThrows(BadDataFile.class, () -> new LeanFolder(root).verify());
        assertEquals(file + " line 2: " + complaint, refused.getMessage());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "34200000,1815200,300,0,0,P,1 | has 7 fields, must have 8",
                "34200000,0,0,0,0,P,1,0 | bid and ask price '0' must not both be 0: a quote line updates a side",
                "34200000,-3,0,0,0,P,1,0 | bid price '-3' must be 0 to 10000000000",
                "34200000,0,0,1,-9,P,1,0 | ask size '-9' must be 0 to 10000000000"
            })
    void namesFileLineFieldValueAndLimitOfABrokenQuote(String line, String complaint) throws IOException {
        Path file = LeanFiles.tick(root, "ibm", "20131007_quote", GOOD_QUOTE, line.strip());
        BadDataFile refused = assertThrows(BadDataFile.class, () -> new LeanFolder(root).verify());
        assertEquals(file + " line 2: " + complaint, refused.getMessage());
    }

    @Test
    void refusesAFileThatIsNoZip() throws IOException {
        Path file = LeanFiles.tick(root, "ibm", "20131007_trade", GOOD_TRADE);
        Files.writeString(file, GOOD_TRADE);
        assertComplains(file + ": is no readable zip file");
    }

    @Test
    void refusesAZipWithDamagedContent() throws IOException {
        String[] many = new String[2000];
        for (int line = 0; line < many.length; line++) {
            many[line] = (34_200_000 + line) + ",1815200," + (line + 1) + ",P,20002020,0";
        }
        Path file = LeanFiles.tick(root, "ibm", "20131007_trade", many);
        byte[] bytes = Files.readAllBytes(file);
        for (int at = bytes.length / 2; at < bytes.length / 2 + 40; at++) {
            bytes[at] ^= 0x55;
        }
        Files.write(file, bytes);
        assertComplains(file.toString());
    }

    @Test
    void refusesAnImpossibleDateInAFileName() throws IOException {
        Path file = LeanFiles.tick(root, "ibm", "20131307_trade", GOOD_TRADE);
        assertComplains(file + ": '20131307' in the file name is no date yyyymmdd");
    }

    @Test
    void refusesAFolderWithoutTicks() throws IOException {
        assertComplains(root.resolve("equity/usa/tick") + ": is no folder");
        Files.createDirectories(root.resolve("equity/usa/tick/ibm"));
        assertComplains(root.resolve("equity/usa/tick") + ": holds no SYMBOL/yyyymmdd_trade.zip");
    }

    @Test
    void readsDailyBars() throws IOException {
        LeanFiles.tick(root, "ibm", "20131007_trade", GOOD_TRADE);
        LeanFiles.daily(root, "ibm", "19980102 00:00,1045000,1057500,1040600,1057500,2563200");
        DailyBar bar = new LeanFolder(root).daily("IBM").get(0);
        assertEquals(LocalDate.of(1998, 1, 2), bar.date());
        assertEquals(10_406_000_000L, bar.low());
        assertEquals(256_320_000_000_000L, bar.volume());
        assertTrue(new LeanFolder(root).daily("BAC").isEmpty());
    }

    @Test
    void refusesADailyBarWhoseHighIsBelowItsOpen() throws IOException {
        LeanFiles.tick(root, "ibm", "20131007_trade", GOOD_TRADE);
        Path file = LeanFiles.daily(root, "ibm", "19980102 00:00,1045000,1040000,1030000,1035000,2563200");
        BadDataFile refused = assertThrows(BadDataFile.class, () -> new LeanFolder(root).daily("IBM"));
        assertEquals(
                file + " line 1: high and low '1040000 and 1030000' must enclose open and close", refused.getMessage());
    }

    private void assertComplains(String start) {
        BadDataFile refused = assertThrows(BadDataFile.class, () -> new LeanFolder(root).verify());
        assertTrue(refused.getMessage().startsWith(start), refused.getMessage());
    }

    private static List<TickRow> read(Path file, TickFile.Kind kind) {
        List<TickRow> rows = new ArrayList<>();
        try (TickFile ticks = new TickFile(file, kind)) {
            for (Optional<TickRow> row = ticks.next(); row.isPresent(); row = ticks.next()) {
                rows.add(row.get());
            }
        }
        return rows;
    }
}
