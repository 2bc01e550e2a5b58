package org.hmsach.core.internal.sim;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.agrona.concurrent.UnsafeBuffer;
import org.hmsach.api.command.Cause;
import org.hmsach.api.command.Command;
import org.hmsach.api.command.Commands;
import org.hmsach.api.command.Origin;
import org.hmsach.api.order.Order;
import org.hmsach.api.refusal.Refused;
import org.hmsach.api.transfer.TransferState;
import org.hmsach.core.internal.codec.CommandCodec;
import org.hmsach.core.internal.codec.Decoded;
import org.hmsach.core.internal.codec.RandomRecords;

/** A module that has lost its mind: wrong causes, fills beyond the order, huge numbers, unknown ids, broken bytes. */
final class Babbler implements Actor {
    private static final List<Class<?>> KINDS = Arrays.stream(Commands.class.getDeclaredClasses())
            .filter(Command.class::isAssignableFrom)
            .sorted((a, b) -> a.getName().compareTo(b.getName()))
            .<Class<?>>map(c -> c)
            .toList();

    private final World world;
    private final Chance chance;
    private final RandomRecords records;
    private final CommandCodec codec = new CommandCodec();
    private int said;

    Babbler(World world, Chance chance) {
        this.world = world;
        this.chance = chance;
        this.records = new RandomRecords(chance.anyLong());
    }

    @Override
    public void step() {
        said++;
        switch (chance.below(10)) {
            case 0 -> bytes(chance.bytes(chance.below(300)));
            case 1 -> bytes(bent());
            case 2, 3 -> any();
            case 4, 5 -> send(fill());
            case 6, 7 -> send(report());
            case 8 -> send(trade());
            default -> send(books());
        }
    }

    private void send(Command command) {
        world.submit(command, Origin.ofModule(chance.of("mfe.exec", "mfe.books", "vendor.rogue")));
    }

    private void any() {
        Command command = (Command) records.make(chance.of(KINDS));
        Origin origin = chance.oneIn(4) ? records.make(Origin.class) : Origin.ofModule("vendor.rogue");
        world.put(world.encoded(command, origin), sent(world.encoded(command, origin)));
    }

    /** A good command with one bit turned: nonsense, or another command. */
    private byte[] bent() {
        byte[] bytes = world.encoded(chance.oneIn(2) ? fill() : report(), Origin.ofModule("mfe.exec"));
        bytes[chance.below(bytes.length)] ^= (byte) (1 << chance.below(8));
        return bytes;
    }

    private void bytes(byte[] bytes) {
        world.put(bytes, sent(bytes));
    }

    /** What the bytes say; only the codec can tell. */
    private Sent sent(byte[] bytes) {
        Sent[] what = new Sent[1];
        codec.decode(new UnsafeBuffer(bytes), 0, bytes.length, new CommandCodec.Reader() {
            @Override
            public void command(Decoded decoded) {
                what[0] = new Sent(Optional.of(decoded.command()), decoded.origin(), bytes.length);
            }

            @Override
            public void refused(Refused refusal) {
                what[0] = new Sent(Optional.empty(), Origin.ofModule("unknown"), bytes.length);
            }
        });
        return what[0];
    }

    private Cause cause() {
        long entry = world.machine().entry();
        return new Cause(
                chance.of("mfe.exec", "mfe.books", "vendor.rogue"),
                chance.oneIn(8) ? entry + chance.below(100) : Math.max(0, entry - chance.below(30)),
                chance.oneIn(3) ? chance.below(4) : 1_000 + said);
    }

    private Order order() {
        List<Order> orders = world.machine().orders();
        return orders.get(orders.size() - 1 - chance.below(Math.min(orders.size(), 40)));
    }

    private long incarnation(String venue) {
        boolean right = venue.equals(Town.CROSSING) && !chance.oneIn(4);
        return right ? world.lastOpening(venue) : chance.below(100);
    }

    private String exec() {
        return chance.oneIn(6) ? chance.of("x1", "s1", "given1", "") : "b" + said;
    }

    private long amount() {
        return chance.oneIn(3)
                ? Long.MAX_VALUE >>> chance.below(40)
                : chance.oneIn(10) ? -chance.below(100) : chance.between(1, 30 * Town.ONE);
    }

    private Command fill() {
        Order o = order();
        String venue = chance.oneIn(8) ? chance.of(Town.STREET, "nowhere") : o.venue();
        long qty = chance.oneIn(2) ? amount() : Math.max(1, o.openE8() + chance.below(2));
        long price = chance.oneIn(3) ? amount() : o.request().limitPriceE8().orElse(10 * Town.ONE);
        UUID id = chance.oneIn(12) ? new UUID(chance.anyLong(), chance.anyLong()) : o.id();
        return new Commands.ReportFill(cause(), venue, incarnation(venue), exec(), id, qty, price);
    }

    private Command trade() {
        Order a = order();
        Order b = order();
        String venue = chance.oneIn(8) ? Town.STREET : Town.CROSSING;
        long qty = chance.oneIn(3) ? amount() : Math.max(1, Math.min(a.openE8(), b.openE8()));
        long price = chance.oneIn(3) ? amount() : b.request().limitPriceE8().orElse(10 * Town.ONE);
        return new Commands.ReportTrade(cause(), venue, incarnation(venue), exec(), a.id(), b.id(), qty, price);
    }

    private Command report() {
        Order o = order();
        String venue = chance.oneIn(8) ? Town.STREET : o.venue();
        String detail = chance.oneIn(20) ? "d".repeat(300) : "babble";
        Commands.VenueAnswer answer = chance.of(Commands.VenueAnswer.values());
        return new Commands.ReportOrder(cause(), venue, incarnation(venue), o.id(), answer, detail);
    }

    private Command books() {
        return switch (chance.below(5)) {
            case 0, 1 -> new Commands.BookFee(cause(), order().id(), exec(), fee(), chance.of("", "fee"));
            case 2 ->
                new Commands.Settle(
                        cause(),
                        world.machine().businessDate().orElseThrow().plusDays(chance.below(3) - 1L),
                        chance.below(12));
            case 3 ->
                new Commands.Progress(
                        chance.of("mfe.exec", "mfe.books", "vendor.rogue"),
                        world.machine().entry() - chance.below(40) + chance.below(3));
            default ->
                new Commands.UpdateTransfer(
                        chance.oneIn(2) ? Optional.of(cause()) : Optional.empty(),
                        world.machine().transfers().get(0).id(),
                        chance.of(TransferState.values()),
                        "babble");
        };
    }

    private long fee() {
        return chance.oneIn(3) ? amount() : chance.between(1, 500);
    }
}
