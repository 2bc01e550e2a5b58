package org.hmsach.core.internal.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.hmsach.api.account.Account;
import org.hmsach.api.account.Position;
import org.hmsach.api.order.Order;
import org.hmsach.api.order.Side;
import org.hmsach.api.portfolio.CoreControl;
import org.junit.jupiter.api.Test;

class RandomRunTest {
    private static final int SEEDS = 200;
    private static final int STEPS = 300;

    @Test
    void keepsEveryInvariantAndReplaysEqually() {
        Map<String, Integer> seen = new TreeMap<>();
        for (int seed = 1; seed <= SEEDS; seed++) {
            Journal journal = Journal.named();
            Traffic traffic = new Traffic(journal, seed);
            traffic.open();
            for (int i = 0; i < STEPS; i++) {
                traffic.step();
                if (i % 10 == 0) {
                    audit(journal.machine());
                }
                if (i % 97 == seed % 97) {
                    journal.restart();
                }
            }
            audit(journal.machine());
            journal.assertReplaysEqually();
            journal.kinds().forEach((kind, count) -> seen.merge(kind, count, Integer::sum));
        }
        // a run that never trades, breaks or refuses proves nothing
        for (String kind : List.of(
                "FILL",
                "CANCELED",
                "PARTIAL_FILL",
                "REPLACED",
                "EXPIRED",
                "REJECTED",
                "TRADE",
                "FEE",
                "BREAK",
                "SETTLEMENT")) {
            assertTrue(seen.getOrDefault(kind, 0) > 500, kind + " in " + seen);
        }
    }

    /** Reservations and counts, added up anew from the orders. */
    private static void audit(Machine machine) {
        Map<UUID, Long> cash = new TreeMap<>();
        Map<String, Long> quantity = new TreeMap<>();
        Map<UUID, Integer> open = new TreeMap<>();
        for (Order o : machine.orders()) {
            cash.merge(o.account(), o.reservedMinor(), Long::sum);
            quantity.merge(o.account() + o.request().symbol(), o.reservedQtyE8(), Long::sum);
            open.merge(o.account(), o.state().isFinal() ? 0 : 1, Integer::sum);
            assertTrue(o.filledE8() >= 0 && o.openE8() >= 0, o.toString());
            assertTrue(o.reservedMinor() == 0 || o.request().side() == Side.BUY, o.toString());
        }
        for (Account a : machine.accounts()) {
            assertEquals(cash.getOrDefault(a.id(), 0L), a.reservedMinor());
            assertEquals(open.getOrDefault(a.id(), 0), a.openOrders());
            for (Position p : a.positions()) {
                assertEquals(quantity.getOrDefault(a.id() + p.symbol(), 0L), p.reservedE8());
                assertTrue(p.qtyE8() > 0 && p.reservedE8() <= p.qtyE8(), p.toString());
            }
        }
        for (CoreControl.AssetSum sum : machine.sums()) {
            assertEquals(0, sum.sum(), sum.asset());
        }
    }
}
