package org.hmsach.mkt.data.internal.lean;

import de.siegmar.fastcsv.reader.CloseableIterator;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** The lines of the one CSV file in a zip file, read as they are asked for. Not thread-safe. */
final class ZippedCsv implements AutoCloseable {
    private final Path file;
    private final ZipFile zip;
    private final CloseableIterator<CsvRecord> lines;

    ZippedCsv(Path file) {
        this.file = file;
        try {
            this.zip = new ZipFile(file.toFile());
        } catch (IOException broken) {
            throw new BadDataFile(file + ": is no readable zip file: " + broken.getMessage(), broken);
        }
        try {
            this.lines = CsvReader.builder()
                    .allowExtraFields(true)
                    .allowMissingFields(true)
                    .ofCsvRecord(new InputStreamReader(zip.getInputStream(onlyEntry()), StandardCharsets.US_ASCII))
                    .iterator();
        } catch (IOException broken) {
            close();
            throw new BadDataFile(file + ": cannot be unpacked: " + broken.getMessage(), broken);
        } catch (BadDataFile broken) {
            close();
            throw broken;
        }
    }

    private ZipEntry onlyEntry() {
        if (zip.size() != 1) {
            throw new BadDataFile(file + ": holds " + zip.size() + " entries, must hold 1 CSV file");
        }
        return zip.entries().nextElement();
    }

    Optional<Row> next() {
        try {
            return lines.hasNext() ? Optional.of(new Row(file, lines.next())) : Optional.empty();
        } catch (UncheckedIOException | CsvParseException broken) {
            throw new BadDataFile(file + ": cannot be unpacked: " + broken.getMessage(), broken);
        }
    }

    @Override
    public void close() {
        try {
            zip.close();
        } catch (IOException broken) {
            throw new BadDataFile(file + ": cannot be closed: " + broken.getMessage(), broken);
        }
    }
}
