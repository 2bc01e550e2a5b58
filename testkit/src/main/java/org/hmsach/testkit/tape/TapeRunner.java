package org.hmsach.testkit.tape;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.hmsach.api.money.Scale8;
import org.hmsach.api.order.OrderRequest;
import org.hmsach.api.order.OrderType;
import org.hmsach.api.order.Side;
import org.hmsach.api.order.TimeInForce;
import org.hmsach.api.rule.ReferencePrice;
import org.hmsach.api.rule.Verdict;
import org.hmsach.spi.gov.OrderCheck;
import org.hmsach.spi.gov.OrderProposal;

/**
 * Asks a check about every order of a tape that {@code hms tape export} wrote as JSON lines, with the account as it
 * stood then: what a rule would have said about last month's orders.
 *
 * <p>Cash, positions and reservations are reckoned from the tape's postings and orders; cost, holds and the value at
 * the last close are 0. The reference price is the one that a verdict of the tape names; empty when none does. Orders
 * that take the place of others come as orders of their own.
 */
public final class TapeRunner {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final OrderCheck check;
    private final Ledger ledger = new Ledger();
    private final List<Judged> judged = new ArrayList<>();
    private long line;

    /**
     * One order and what the check says.
     *
     * @param number   of the event on the tape
     * @param order    id of the order
     * @param accepted whether the platform took the order then
     * @param proposal what the check was asked
     * @param verdict  what it answered
     */
    public record Judged(long number, UUID order, boolean accepted, OrderProposal proposal, Verdict verdict) {
        /** Whether it lets pass what was refused then, or refuses what was taken. */
        public boolean differs() {
            return accepted != verdict.allowed();
        }
    }

    private TapeRunner(OrderCheck check) {
        this.check = check;
    }

    /**
     * Runs the tape from its first line.
     *
     * @param tape JSON lines from event 1 on
     * @throws IOException naming the line that is none of a tape
     */
    public static List<Judged> run(Path tape, OrderCheck check) throws IOException {
        TapeRunner runner = new TapeRunner(check);
        try (BufferedReader lines = Files.newBufferedReader(tape)) {
            for (String text = lines.readLine(); text != null; text = lines.readLine()) {
                runner.line++;
                runner.take(tape, text);
            }
        }
        return List.copyOf(runner.judged);
    }

    private void take(Path tape, String text) throws IOException {
        try {
            JsonNode event = JSON.readTree(text);
            JsonNode fields = event.path("fields");
            switch (event.path("kind").asText()) {
                case "InstrumentChanged" -> ledger.instrument(fields.path("instrument"));
                case "AccountOpened" ->
                    ledger.account(fields, event.path("timeMs").asLong());
                case "Posted" -> ledger.posted(fields.path("legs"));
                case "OrderEvent" -> order(event, fields);
                default -> {
                    // no part of what a check is asked
                }
            }
        } catch (IOException | IllegalArgumentException e) {
            throw new IOException(tape + ", line " + line + ": " + e.getMessage(), e);
        }
    }

    private void order(JsonNode event, JsonNode fields) {
        String kind = fields.path("kind").asText();
        JsonNode order = fields.path("order");
        if (kind.equals("NEW") || kind.equals("REJECTED")) {
            judge(event, order, fields.path("verdicts"), kind.equals("NEW"));
        }
        ledger.order(order);
    }

    private void judge(JsonNode event, JsonNode order, JsonNode verdicts, boolean accepted) {
        OrderRequest request = request(order.path("request"));
        if (!ledger.knows(request)) {
            return; // refused for an unknown account or instrument: no check was asked
        }
        OrderProposal proposal = new OrderProposal(
                request,
                UUID.fromString(event.path("origin").path("principal").asText()),
                ledger.account(request.account()),
                ledger.instrument(request.symbol()),
                reference(verdicts),
                Optional.empty(),
                Optional.of(LocalDate.parse(event.path("businessDate").asText())),
                false);
        judged.add(new Judged(
                event.path("number").asLong(),
                UUID.fromString(order.path("id").asText()),
                accepted,
                proposal,
                check.check(proposal)));
    }

    private static OrderRequest request(JsonNode request) {
        JsonNode limit = request.path("limitPriceE8");
        return new OrderRequest(
                UUID.fromString(request.path("account").asText()),
                request.path("clientOrderId").asText(),
                request.path("symbol").asText(),
                Side.valueOf(request.path("side").asText()),
                OrderType.valueOf(request.path("type").asText()),
                TimeInForce.valueOf(request.path("timeInForce").asText()),
                request.path("qtyE8").asLong(),
                limit.isNull() || limit.isMissingNode() ? OptionalLong.empty() : OptionalLong.of(limit.asLong()));
    }

    private static Optional<ReferencePrice> reference(JsonNode verdicts) {
        for (JsonNode verdict : verdicts) {
            JsonNode inputs = verdict.path("inputs");
            if (inputs.has("reference") && inputs.has("source") && inputs.has("feed_time")) {
                return Optional.of(new ReferencePrice(
                        Scale8.parse(inputs.path("reference").asText()),
                        inputs.path("source").asText(),
                        Instant.parse(inputs.path("feed_time").asText()).toEpochMilli()));
            }
        }
        return Optional.empty();
    }
}
