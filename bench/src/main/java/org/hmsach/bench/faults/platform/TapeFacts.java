package org.hmsach.bench.faults.platform;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.hmsach.api.order.Order;
import org.hmsach.api.order.Replacement;
import org.hmsach.api.tape.Events;
import org.hmsach.api.tape.TapeListener;
import org.hmsach.api.transfer.TransferState;
import org.hmsach.cli.data.TapeFile;
import org.hmsach.core.internal.codec.EventCodec;
import org.hmsach.core.internal.codec.EventPlace;
import org.hmsach.core.internal.log.TapeEvent;

/** What the tape says of orders, cancels, replaces and deposits, read from the files and not from the platform. */
final class TapeFacts implements TapeListener {
    /** What was filled in an account. */
    record Fills(int count, long qtyE8) {
        Fills plus(long moreE8) {
            return new Fills(count + 1, Math.addExact(qtyE8, moreE8));
        }
    }

    private record ClientId(UUID account, String id) {}

    private record Fill(UUID order, String venue, long incarnation, String execId) {}

    private final Map<ClientId, List<UUID>> placed = new HashMap<>();
    private final Map<ClientId, List<UUID>> replacing = new HashMap<>();
    private final Map<String, Integer> cancelsByRequest = new HashMap<>();
    private final Map<String, Set<UUID>> transfersByKey = new HashMap<>();
    private final Map<UUID, TransferState> transfers = new HashMap<>();
    private final Map<UUID, Integer> transferPostings = new HashMap<>();
    private final Map<UUID, Map<UUID, Order>> orders = new HashMap<>();
    private final Map<UUID, Fills> fills = new HashMap<>();
    private final Map<String, Long> incarnations = new HashMap<>();
    private final Set<Fill> seenFills = new HashSet<>();
    private final List<String> problems = new ArrayList<>();
    private long events;
    private long lastMs;

    private TapeFacts() {}

    /** Reads the whole tape of a data folder; a server may be working on it. */
    static TapeFacts of(Path data) throws IOException {
        TapeFacts facts = new TapeFacts();
        EventCodec codec = new EventCodec();
        try (TapeFile tape = TapeFile.open(data)) {
            for (Optional<TapeEvent> event = tape.next(); event.isPresent(); event = tape.next()) {
                TapeEvent raw = event.get();
                EventPlace place = new EventPlace(raw.number(), raw.entry(), raw.index(), raw.timeMs());
                codec.decode(raw.payload(), 0, raw.payload().capacity(), place).deliver(facts);
                facts.next(raw);
            }
        }
        return facts;
    }

    private void next(TapeEvent event) {
        if (event.number() != events + 1) {
            problems.add("event " + event.number() + " follows " + events);
        }
        if (event.timeMs() < lastMs) {
            problems.add("event " + event.number() + " is " + (lastMs - event.timeMs()) + " ms before the last one");
        }
        events = event.number();
        lastMs = event.timeMs();
    }

    @Override
    public void onVenueOpened(Events.VenueOpened event) {
        incarnations.put(event.venue(), event.header().entry());
    }

    @Override
    public void onOrder(Events.OrderEvent event) {
        Order order = event.order();
        ClientId id = new ClientId(order.account(), order.request().clientOrderId());
        switch (event.kind()) {
            case NEW, REJECTED -> {
                if (order.replaces().isEmpty()) {
                    placed.computeIfAbsent(id, k -> new ArrayList<>()).add(order.id());
                }
            }
            case PENDING_REPLACE -> {
                Replacement terms = order.replacement().orElseThrow();
                replacing
                        .computeIfAbsent(new ClientId(order.account(), terms.clientOrderId()), k -> new ArrayList<>())
                        .add(terms.newId());
            }
            case PENDING_CANCEL ->
                cancelsByRequest.merge(event.header().origin().requestId(), 1, Integer::sum);
            case FILL, PARTIAL_FILL -> fill(event);
            default -> {
                // the order's end is taken from its last event
            }
        }
        orders.computeIfAbsent(order.account(), k -> new LinkedHashMap<>()).put(order.id(), order);
    }

    private void fill(Events.OrderEvent event) {
        Order order = event.order();
        event.execution().ifPresent(e -> {
            Fill fill = new Fill(order.id(), e.venue(), incarnations.getOrDefault(e.venue(), 0L), e.execId());
            if (!seenFills.add(fill)) {
                problems.add("doubled fill " + fill);
            }
            fills.merge(order.account(), new Fills(1, e.qtyE8()), (a, b) -> a.plus(e.qtyE8()));
        });
    }

    @Override
    public void onTransfer(Events.TransferChanged event) {
        UUID id = event.transfer().id();
        transfers.put(id, event.transfer().state());
        if (event.transfer().state() == TransferState.QUEUED) {
            event.header().origin().idempotencyKey().ifPresent(key -> transfersByKey
                    .computeIfAbsent(key, k -> new HashSet<>())
                    .add(id));
        }
    }

    @Override
    public void onPosting(Events.Posted event) {
        if (event.kind() == Events.PostingKind.TRANSFER) {
            transferPostings.merge(event.subject(), 1, Integer::sum);
        }
    }

    /** Orders that were taken or rejected under the client's id. */
    List<UUID> placed(UUID account, String clientOrderId) {
        return placed.getOrDefault(new ClientId(account, clientOrderId), List.of());
    }

    /** Ids that were promised to replacements under the client's id. */
    List<UUID> replacing(UUID account, String clientOrderId) {
        return replacing.getOrDefault(new ClientId(account, clientOrderId), List.of());
    }

    /** How many cancels these requests began. */
    int cancels(Set<String> requestIds) {
        return requestIds.stream()
                .mapToInt(id -> cancelsByRequest.getOrDefault(id, 0))
                .sum();
    }

    Set<UUID> transfers(String idempotencyKey) {
        return transfersByKey.getOrDefault(idempotencyKey, Set.of());
    }

    Optional<TransferState> transfer(UUID id) {
        return Optional.ofNullable(transfers.get(id));
    }

    /** How often the transfer's money was moved. */
    int postings(UUID transfer) {
        return transferPostings.getOrDefault(transfer, 0);
    }

    /** Orders of the account as they stood last. */
    Map<UUID, Order> orders(UUID account) {
        return orders.getOrDefault(account, Map.of());
    }

    Fills fills(UUID account) {
        return fills.getOrDefault(account, new Fills(0, 0));
    }

    long events() {
        return events;
    }

    /** Time of the last entry that has events. */
    long lastMs() {
        return lastMs;
    }

    /** What is wrong with the tape itself. */
    List<String> problems() {
        return List.copyOf(problems);
    }
}
