package org.hmsach.bench.book;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import org.tukaani.xz.XZInputStream;

/**
 * A stream of order commands in arrays, read before any clock runs. A modify takes the order out and puts it in anew
 * with price and quantity; a move keeps the open quantity.
 */
final class OrderStream {
    static final byte PLACE = 0;
    static final byte CANCEL = 1;
    static final byte MODIFY = 2;
    static final byte MOVE = 3;
    static final byte REDUCE = 4;

    static final byte RESTS = 0;
    static final byte IOC = 1;
    /** Whole or not at all, and only within the budget that stands in the price. */
    static final byte BUDGET = 2;

    final byte[] kinds;
    final byte[] terms;
    final boolean[] buys;
    final long[] ids;
    final int[] users;
    final long[] prices;
    final long[] quantities;

    private OrderStream(int size) {
        kinds = new byte[size];
        terms = new byte[size];
        buys = new boolean[size];
        ids = new long[size];
        users = new int[size];
        prices = new long[size];
        quantities = new long[size];
    }

    int size() {
        return kinds.length;
    }

    /** The rows of a {@code commands.csv.gz}: op, orderId, uid, side, type, price, size. */
    static OrderStream single(Path file, int size) throws IOException {
        OrderStream stream = new OrderStream(size);
        try (BufferedReader rows = new BufferedReader(new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(file), 1 << 16), StandardCharsets.US_ASCII))) {
            rows.readLine();
            for (int i = 0; i < size; i++) {
                stream.setRow(i, rows.readLine().split(",", -1));
            }
            if (rows.readLine() != null) {
                throw new IOException(file + " has more than " + size + " commands");
            }
        }
        return stream;
    }

    private void setRow(int i, String... row) {
        kinds[i] = (byte) "PC-MR".indexOf(row[0]);
        ids[i] = Long.parseLong(row[1]);
        users[i] = Integer.parseInt(row[2]);
        buys[i] = row[3].equals("B");
        terms[i] = row[4].equals("FOKB") ? BUDGET : row[4].equals("IOC") ? IOC : RESTS;
        prices[i] = row[5].isEmpty() ? 0 : Long.parseLong(row[5]);
        quantities[i] = row[6].isEmpty() ? 0 : Long.parseLong(row[6]);
    }

    /** A packed {@code .f1cm.xz}: planes of bytes, prices as differences, ids relative to the newest order. */
    static OrderStream flash(Path file) throws IOException {
        byte[] bytes;
        try (InputStream in = new XZInputStream(Files.newInputStream(file))) {
            bytes = in.readAllBytes();
        }
        ByteBuffer head = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        int size = head.getInt(4);
        int priced = head.getInt(8);
        int quantitiesAt = 12 + 5 * size;
        OrderStream stream = new OrderStream(size);
        long[] newOrders = new long[size];
        int orders = 0;
        int next = 0;
        long price = 0;
        for (int i = 0; i < size; i++) {
            int type = bytes[12 + i];
            int id = planes(bytes, 12 + size, size, i);
            stream.kinds[i] = (byte) (type & 3);
            if (stream.kinds[i] == PLACE) {
                newOrders[orders++] = id;
            }
            stream.ids[i] = stream.kinds[i] == PLACE ? id : newOrders[orders - id];
            stream.buys[i] = (type & 4) == 0;
            stream.terms[i] = (type & 8) == 0 ? RESTS : IOC;
            if (stream.kinds[i] != CANCEL) {
                price += planes(bytes, quantitiesAt + priced, priced, next);
                stream.quantities[i] = bytes[quantitiesAt + next++] & 0xff;
            }
            stream.prices[i] = price;
        }
        return stream;
    }

    private static int planes(byte[] bytes, int start, int count, int index) {
        int value = 0;
        for (int plane = 3; plane >= 0; plane--) {
            value = (value << 8) | (bytes[start + plane * count + index] & 0xff);
        }
        return value;
    }
}
