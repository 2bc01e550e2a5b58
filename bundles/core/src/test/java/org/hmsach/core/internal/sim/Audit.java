package org.hmsach.core.internal.sim;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.agrona.DirectBuffer;
import org.hmsach.api.account.Account;
import org.hmsach.api.account.Position;
import org.hmsach.api.order.Order;
import org.hmsach.api.order.OrderState;
import org.hmsach.api.rule.Verdict;
import org.hmsach.api.tape.Events;
import org.hmsach.api.tape.TapeEvent;
import org.hmsach.core.internal.codec.EventCodec;
import org.hmsach.core.internal.codec.EventPlace;
import org.hmsach.core.internal.machine.MachineView;

/** Reads the tape alone and checks what must be provable from it: numbers, chain, sums, steps, verdicts. */
final class Audit {
    private static final int CHAIN_AT = 32;
    private static final int CHAIN_BYTES = 32;
    private static final long NOT_ENDED = -1;
    private static final long KEPT_DAYS = 5;

    /** A ledger account in one asset; the house's has no account. */
    private record Balance(Optional<UUID> account, String ledger, String asset) {}

    private final EventCodec codec = new EventCodec();
    final List<TapeEvent> events = new ArrayList<>();
    private final List<String> chains = new ArrayList<>();
    private final Map<Balance, BigInteger> balances = new HashMap<>();
    private final Map<UUID, OrderState> states = new HashMap<>();
    /** Client order ids that may not come again; of ended orders by the day of their end. */
    private final Map<String, Long> clientIds = new HashMap<>();

    private long day;
    private List<String> required = List.of();
    private byte[] chain = new byte[CHAIN_BYTES];
    private long entry;
    private int index;
    final Map<String, Integer> kinds = new TreeMap<>();

    /** Takes the next event, as the log gives it and as bytes. */
    void take(org.hmsach.core.internal.log.TapeEvent raw, byte[] frame) {
        Comparison.same("event number", events.size() + 1L, raw.number());
        index = raw.entry() == entry ? index + 1 : 0;
        Comparison.same("index of an event in its entry", index, raw.index());
        if (raw.entry() < entry) {
            throw new AssertionError("event " + raw.number() + " of entry " + raw.entry() + " follows entry " + entry);
        }
        entry = raw.entry();
        chain = chained(frame);
        String told = raw.chain();
        Comparison.same("chain at an event", HexFormat.of().formatHex(chain), told);
        chains.add(told);
        DirectBuffer payload = raw.payload();
        EventPlace place = new EventPlace(raw.number(), raw.entry(), raw.index(), raw.timeMs());
        TapeEvent event = codec.decode(payload, 0, payload.capacity(), place);
        events.add(event);
        look(event);
    }

    private byte[] chained(byte[] frame) {
        byte[] empty = frame.clone();
        java.util.Arrays.fill(empty, CHAIN_AT, CHAIN_AT + CHAIN_BYTES, (byte) 0);
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            sha.update(chain);
            return sha.digest(empty);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    String chainAt(long number) {
        return chains.get((int) number - 1);
    }

    private void look(TapeEvent event) {
        String kind = event.getClass().getSimpleName();
        if (event instanceof Events.Posted p) {
            kind = p.kind().name();
            posting(p);
        } else if (event instanceof Events.OrderEvent o) {
            kind = o.kind().name();
            order(o);
        } else if (event instanceof Events.RequiredRulesChanged r) {
            required = r.rules();
        } else if (event instanceof Events.SessionChanged s) {
            session(s);
        } else if (event instanceof Events.CommandRefused r) {
            kind = "refused " + r.refusal().reason();
        }
        kinds.merge(kind, 1, Integer::sum);
    }

    private void posting(Events.Posted p) {
        Map<String, BigInteger> sums = new TreeMap<>();
        for (Events.Leg leg : p.legs()) {
            BigInteger amount = BigInteger.valueOf(leg.amount());
            sums.merge(leg.asset(), amount, BigInteger::add);
            balances.merge(new Balance(leg.account(), leg.ledgerAccount(), leg.asset()), amount, BigInteger::add);
        }
        sums.forEach((asset, sum) -> Comparison.same("sum of a posting", BigInteger.ZERO, sum));
    }

    private static String clientId(Order order) {
        return order.account() + " " + order.request().clientOrderId();
    }

    private void session(Events.SessionChanged s) {
        if (s.open()) {
            day++;
            clientIds.values().removeIf(ended -> ended != NOT_ENDED && day - ended > KEPT_DAYS);
        }
    }

    private void order(Events.OrderEvent e) {
        Order o = e.order();
        OrderState before = states.put(o.id(), o.state());
        boolean told = e.kind() == Events.OrderEventKind.RESUMED
                || (e.kind() == Events.OrderEventKind.ORDER_REPLACE_REJECTED && before == o.state());
        if (before == null) {
            boolean born = e.kind() == Events.OrderEventKind.NEW || e.kind() == Events.OrderEventKind.REJECTED;
            Comparison.same("first event of an order makes it", true, born);
            if (clientIds.put(clientId(o), NOT_ENDED) != null && isOfInvestor(o)) {
                throw new AssertionError("client order id " + o.request().clientOrderId() + " made two orders");
            }
        } else if (!told && !TwinTables.orderMayStep(before, o.state())) {
            throw new AssertionError("order " + o.id() + " went from " + before + " to " + o.state());
        }
        if (o.state().isFinal()) {
            clientIds.computeIfPresent(clientId(o), (id, ended) -> ended == NOT_ENDED ? day : ended);
        }
        boolean accepted = e.kind() == Events.OrderEventKind.PENDING_REPLACE
                || (e.kind() == Events.OrderEventKind.NEW && o.replaces().isEmpty());
        if (accepted) {
            checked(e);
        }
    }

    private static boolean isOfInvestor(Order o) {
        return o.request().clientOrderId().startsWith(Investor.ID_PREFIX);
    }

    /** Nothing goes unchecked: an allow-verdict for every rule required at that moment, and none against. */
    private void checked(Events.OrderEvent e) {
        for (String rule : required) {
            boolean allowed = e.verdicts().stream().anyMatch(v -> v.rule().equals(rule) && v.allowed());
            Comparison.same("an accepted order has an allow-verdict of each required rule", true, allowed);
        }
        boolean all = e.verdicts().stream().allMatch(Verdict::allowed);
        Comparison.same("no verdict is against an accepted order", true, all);
    }

    /** Balances added up from the postings are the machine's and the twin's. */
    void balances(MachineView machine, Twin twin) {
        for (Account a : machine.accounts()) {
            String code = a.currency().code();
            Comparison.same(
                    "tape's settled cash of " + a.id(), balance(a.id(), "cash.settled", code), a.settledMinor());
            Comparison.same(
                    "tape's unsettled cash of " + a.id(), balance(a.id(), "cash.unsettled", code), a.unsettledMinor());
            for (Position p : a.positions()) {
                long settled = balance(a.id(), "position.settled", p.symbol());
                long unsettled = balance(a.id(), "position.unsettled", p.symbol());
                Comparison.same("tape's position of " + a.id() + " in " + p.symbol(), settled + unsettled, p.qtyE8());
                Comparison.same("tape's settled position in " + p.symbol(), settled, p.settledE8());
            }
        }
        twin.books.house.forEach((name, amount) -> {
            int blank = name.indexOf(' ');
            Balance house = new Balance(Optional.empty(), name.substring(0, blank), name.substring(blank + 1));
            BigInteger told = balances.getOrDefault(house, BigInteger.ZERO);
            Comparison.same("tape's " + name, amount.unscaledValue(), told);
        });
    }

    private long balance(UUID account, String ledger, String asset) {
        return balances.getOrDefault(new Balance(Optional.of(account), ledger, asset), BigInteger.ZERO)
                .longValueExact();
    }

    byte[] digest() {
        return chains.isEmpty() ? new byte[0] : chains.get(chains.size() - 1).getBytes(StandardCharsets.US_ASCII);
    }
}
