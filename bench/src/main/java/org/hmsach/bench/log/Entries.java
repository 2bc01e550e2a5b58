package org.hmsach.bench.log;

import java.util.ArrayList;
import java.util.List;
import org.hmsach.api.account.Account;
import org.hmsach.bench.path.OrderFlow;
import org.hmsach.bench.path.Platform;

/**
 * Log entries as the order path makes them: an organisation's founding, then orders, cancellations and the venue's
 * answers, in chunks of a given size. A machine beside the log makes them, which also says what must come out.
 */
final class Entries {
    private static final int FLOW = 1_000_000;
    private static final long SEED = 20_260_105;

    private final OrderFlow flow;
    private final Platform platform;
    private final List<byte[]> founding;
    private List<byte[]> collected = new ArrayList<>();
    private List<byte[]> chunk = List.of();
    private int chunkNumber = -1;
    private int next;

    Entries() {
        this(FLOW);
    }

    /** @param orders so many orders and cancellations at most */
    Entries(int orders) {
        flow = new OrderFlow(orders, SEED);
        platform = new Platform((buffer, length) -> {
            byte[] copy = new byte[length];
            buffer.getBytes(0, copy);
            collected.add(copy);
        });
        platform.expect(flow);
        founding = collected;
        collected = new ArrayList<>();
    }

    /** The first entries of a log. */
    List<byte[]> founding() {
        return founding;
    }

    /** The chunk of that number, counted from 0; only the newest can be had again. */
    List<byte[]> chunk(int number, int size) {
        if (number == chunkNumber) {
            return chunk;
        }
        if (number != chunkNumber + 1) {
            throw new IllegalArgumentException("chunk " + number + " does not follow chunk " + chunkNumber);
        }
        while (collected.size() < size) {
            if (next == flow.size()) {
                throw new IllegalStateException("the flow of " + flow.size() + " orders has come to its end");
            }
            platform.step(flow, next++);
        }
        chunk = collected;
        collected = new ArrayList<>();
        chunkNumber = number;
        return chunk;
    }

    /** @throws IllegalStateException when these are not the accounts that the entries so far lead to */
    void requireSame(List<Account> accounts) {
        List<Account> due = platform.machine().accounts();
        for (int i = 0; i < due.size(); i++) {
            Account a = accounts.get(i);
            boolean same = a.buyingPowerMinor() == due.get(i).buyingPowerMinor()
                    && a.positions().equals(due.get(i).positions())
                    && a.openOrders() == due.get(i).openOrders();
            if (!same) {
                throw new IllegalStateException("account " + a + " should be " + due.get(i));
            }
        }
    }
}
