package org.hmsach.testkit.tape;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.hmsach.api.account.Account;
import org.hmsach.api.account.Position;
import org.hmsach.api.instrument.Instrument;
import org.hmsach.api.instrument.InstrumentStatus;
import org.hmsach.api.money.Currency;
import org.hmsach.api.order.OrderRequest;

/** Accounts and instruments, as far as a tape has told. */
final class Ledger {
    private static final Set<String> OPEN = Set.of("NEW", "PARTIALLY_FILLED", "PENDING_CANCEL", "PENDING_REPLACE");

    private final Map<String, Instrument> instruments = new HashMap<>();
    private final Map<UUID, Book> books = new HashMap<>();

    private record Reserved(String symbol, long minor, long qtyE8) {}

    private static final class Held {
        private long settledE8;
        private long unsettledE8;
    }

    private static final class Book {
        private final Currency currency;
        private final long openedMs;
        private final Map<String, Held> held = new TreeMap<>();
        private final Map<UUID, Reserved> open = new HashMap<>();
        private long settledMinor;
        private long unsettledMinor;

        private Book(Currency currency, long openedMs) {
            this.currency = currency;
            this.openedMs = openedMs;
        }
    }

    void instrument(JsonNode told) {
        Instrument instrument = new Instrument(
                told.path("symbol").asText(),
                currency(told.path("currency")),
                told.path("tickE8").asLong(),
                told.path("lotE8").asLong(),
                InstrumentStatus.valueOf(told.path("status").asText()),
                told.path("venue").asText());
        instruments.put(instrument.symbol(), instrument);
    }

    void account(JsonNode told, long openedMs) {
        books.put(UUID.fromString(told.path("account").asText()), new Book(currency(told.path("currency")), openedMs));
    }

    private static Currency currency(JsonNode told) {
        return new Currency(told.path("code").asText(), told.path("digits").asInt());
    }

    void posted(JsonNode legs) {
        for (JsonNode leg : legs) {
            if (leg.hasNonNull("account")) {
                post(book(leg.path("account").asText()), leg);
            }
        }
    }

    private static void post(Book book, JsonNode leg) {
        long amount = leg.path("amount").asLong();
        String asset = leg.path("asset").asText();
        switch (leg.path("ledgerAccount").asText()) {
            case "cash.settled" -> book.settledMinor = Math.addExact(book.settledMinor, amount);
            case "cash.unsettled" -> book.unsettledMinor = Math.addExact(book.unsettledMinor, amount);
            case "position.settled" -> held(book, asset).settledE8 += amount;
            case "position.unsettled" -> held(book, asset).unsettledE8 += amount;
            default -> {
                // of the house
            }
        }
    }

    private static Held held(Book book, String symbol) {
        return book.held.computeIfAbsent(symbol, first -> new Held());
    }

    void order(JsonNode order) {
        JsonNode request = order.path("request");
        Book book = books.get(UUID.fromString(request.path("account").asText()));
        if (book == null) {
            return; // refused for an unknown account
        }
        UUID id = UUID.fromString(order.path("id").asText());
        if (OPEN.contains(order.path("state").asText())) {
            book.open.put(
                    id,
                    new Reserved(
                            request.path("symbol").asText(),
                            order.path("reservedMinor").asLong(),
                            order.path("reservedQtyE8").asLong()));
        } else {
            book.open.remove(id);
        }
    }

    private Book book(String account) {
        Book book = books.get(UUID.fromString(account));
        if (book == null) {
            throw new IllegalArgumentException("account " + account + " was not opened: begin with the first event");
        }
        return book;
    }

    boolean knows(OrderRequest request) {
        return books.containsKey(request.account()) && instruments.containsKey(request.symbol());
    }

    Instrument instrument(String symbol) {
        return instruments.get(symbol);
    }

    Account account(UUID id) {
        Book book = books.get(id);
        List<Position> positions = book.held.entrySet().stream()
                .filter(one -> one.getValue().settledE8 + one.getValue().unsettledE8 != 0)
                .map(one -> position(book, one.getKey(), one.getValue()))
                .toList();
        return new Account(
                id,
                book.currency,
                book.settledMinor,
                book.unsettledMinor,
                book.open.values().stream().mapToLong(Reserved::minor).sum(),
                0,
                positions,
                book.open.size(),
                false,
                book.openedMs,
                0);
    }

    private static Position position(Book book, String symbol, Held held) {
        long reservedE8 = book.open.values().stream()
                .filter(open -> open.symbol().equals(symbol))
                .mapToLong(Reserved::qtyE8)
                .sum();
        return new Position(symbol, held.settledE8 + held.unsettledE8, held.settledE8, reservedE8, 0, 0);
    }
}
