package org.hmsach.core.internal.machine;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.hmsach.api.command.Commands;
import org.hmsach.api.command.Origin;
import org.hmsach.api.order.OrderRequest;
import org.hmsach.api.order.Side;
import org.hmsach.api.rule.Limits;
import org.hmsach.api.rule.Verdict;
import org.hmsach.core.internal.codec.CommandCodec;
import org.hmsach.core.internal.entry.Entry;

/** Prints processor time per order; run by hand. */
final class MachineSpeed {
    private static final int ORDERS = 200_000;

    private MachineSpeed() {}

    public static void main(String[] args) {
        House house = new House();
        house.deposit(house.alice, 900_000_000_000_00L);
        Limits none = new Limits(Limits.NONE, Limits.NONE, Limits.NONE, 10_000, 10_000, 0);
        house.journal.send(new Commands.SetLimits(Optional.empty(), none));
        Machine machine = house.journal.machine();
        CommandCodec codec = new CommandCodec();
        for (int round = 0; round < 6; round++) {
            List<UnsafeBuffer> entries = new ArrayList<>();
            for (int i = 0; i < ORDERS / 6; i++) {
                OrderRequest r = house.limit(house.alice, Side.BUY, "ACME", 1 + i % 50, "10");
                OrderRequest unique = new OrderRequest(
                        r.account(),
                        "r" + round + "-" + i,
                        r.symbol(),
                        r.side(),
                        r.type(),
                        r.timeInForce(),
                        r.qtyE8(),
                        r.limitPriceE8());
                Commands.PlaceOrder p = House.place(unique, 0);
                List<Verdict> verdicts = List.of(
                        Verdict.allow("gov.collar", "1", Map.of("price", "10", "reference", "10.01")),
                        Verdict.allow("gov.session", "1", Map.of("open", "true")),
                        Verdict.allow("gov.instrument", "1", Map.of("status", "active")));
                Commands.PlaceOrder full =
                        new Commands.PlaceOrder(p.request(), i, p.reference(), p.reserveLimitE8(), 0, verdicts);
                ExpandableArrayBuffer buffer = new ExpandableArrayBuffer(1024);
                int length = codec.encode(full, new Origin(House.PERSON, "gateway", "r-1", Optional.empty()), buffer);
                entries.add(new UnsafeBuffer(buffer.byteArray(), 0, length));
            }
            run(house, machine, entries);
        }
    }

    private static void run(House house, Machine machine, List<UnsafeBuffer> entries) {
        var threads = ManagementFactory.getThreadMXBean();
        long[] bytes = {0};
        int refused = 0;
        long from = threads.getCurrentThreadCpuTime();
        for (UnsafeBuffer b : entries) {
            house.journal.nowMs += 2;
            Entry entry = new Entry(machine.entry() + 1, house.journal.nowMs, b, 0, b.capacity());
            refused += machine.apply(entry, (e, offset, length) -> bytes[0] += length)
                            .refusal()
                            .isPresent()
                    ? 1
                    : 0;
        }
        long nanos = threads.getCurrentThreadCpuTime() - from;
        System.out.println(nanos / entries.size() + " ns an order, " + bytes[0] / entries.size() + " bytes of events, "
                + refused + " refused, "
                + machine.stateSha256().substring(0, 12));
    }
}
