package org.hmsach.mkt.data.internal.lean;

import de.siegmar.fastcsv.reader.CsvRecord;
import java.nio.file.Path;

/** One line of a file, read field by field; every complaint says where it stands. */
final class Row {
    private final Path file;
    private final CsvRecord csv;

    Row(Path file, CsvRecord csv) {
        this.file = file;
        this.csv = csv;
    }

    void requireFields(int count) {
        if (csv.getFieldCount() != count) {
            throw new BadDataFile(at() + ": has " + csv.getFieldCount() + " fields, must have " + count);
        }
    }

    String text(int index) {
        return csv.getField(index);
    }

    long number(int index, String field, long min, long max) {
        long value;
        try {
            value = Long.parseLong(csv.getField(index));
        } catch (NumberFormatException notANumber) {
            throw new BadDataFile(
                    at() + ": " + field + " '" + csv.getField(index) + "' is not a whole number", notANumber);
        }
        if (value < min || value > max) {
            throw refuse(field, Long.toString(value), "must be " + min + " to " + max);
        }
        return value;
    }

    boolean flag(int index, String field) {
        return number(index, field, 0, 1) == 1;
    }

    BadDataFile refuse(String field, String value, String limit) {
        return new BadDataFile(at() + ": " + field + " '" + value + "' " + limit);
    }

    private String at() {
        return file + " line " + csv.getStartingLineNumber();
    }
}
