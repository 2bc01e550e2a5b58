package org.hmsach.ops.internal.swap;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.hmsach.ops.internal.frame.Sibling;
import org.hmsach.ops.internal.json.Json;
import org.osgi.framework.BundleContext;

/**
 * What two versions of ops say to each other while one replaces the other: the one that conducts the operation tells
 * how it stands, is recalled, and at the end hands it over. Operations travel as JSON, for the classes differ.
 */
final class Relay {
    private static final int FORMAT = 1;
    private static final ObjectMapper JSON = Json.mapper();

    private static final String ASK = "ask";
    private static final String OPERATION = "operation";
    private static final String REFUSED = "refused";

    private final Sibling sibling;
    private final String module;

    /** @param context of this bundle */
    Relay(BundleContext context) {
        this.sibling = new Sibling(context);
        this.module = context.getBundle().getSymbolicName();
    }

    /** What a version does with an operation that is handed to it. */
    interface Taking {
        /**
         * Takes it.
         *
         * @param claim set by whoever is first: the one that takes it, or the one that waited long enough
         * @throws Refused when this version cannot
         */
        void take(Handed handed, AtomicBoolean claim) throws Refused;
    }

    /**
     * An operation that another version is to end.
     *
     * @param from bundle of the version that conducted it, and is to go
     * @param back why it goes back; empty when it went well
     */
    record Handed(Operation.Record operation, long from, String back) {}

    /** Answers the other version from now on. */
    Runnable answer(OperationBook book, Taking taking) {
        var registration = sibling.answer(question -> answer(question, book, taking));
        return registration::unregister;
    }

    private Map<String, Object> answer(Map<String, Object> question, OperationBook book, Taking taking) {
        if (!Integer.valueOf(FORMAT).equals(question.get("format"))) {
            return Map.of(REFUSED, "it asks in format " + question.get("format") + ", this version knows " + FORMAT);
        }
        try {
            return switch (String.valueOf(question.get(ASK))) {
                case "conducting" -> told(book.underWay(module).map(Operation::record));
                case "find" -> {
                    Optional<Operation> known =
                            book.underWay(module, question.get("id").toString());
                    yield told(known.map(one -> awaited(one, question)));
                }
                case "recall" -> {
                    Optional<Operation> current = book.underWay(module);
                    if (current.isPresent()) {
                        current.get().recall(question.get("why").toString());
                    }
                    yield told(current.map(Operation::record));
                }
                case "take" -> {
                    Operation.Record operation = read(question.get(OPERATION));
                    Handed handed = new Handed(
                            operation,
                            (long) question.get("from"),
                            question.get("back").toString());
                    taking.take(handed, (AtomicBoolean) question.get("claim"));
                    yield Map.of();
                }
                default -> Map.of(REFUSED, "this version does not know what is asked: " + question.get(ASK));
            };
        } catch (Refused e) {
            return Map.of(REFUSED, e.getMessage());
        }
    }

    private static Operation.Record awaited(Operation operation, Map<String, Object> question) {
        int seen = (int) question.get("steps");
        try {
            return operation.await(now -> now.steps().size() > seen, Duration.ofMillis((long) question.get("waitMs")));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return operation.record();
        }
    }

    /** The operation by which another version replaces one of the two. */
    Optional<Operation.Record> conducting() {
        return ask(Map.of("format", FORMAT, ASK, "conducting"));
    }

    /** The same when it has that id, after at most the wait: as soon as it has more steps than were seen. */
    Optional<Operation.Record> find(String id, int seen, Duration wait) {
        return ask(Map.of("format", FORMAT, ASK, "find", "id", id, "steps", seen, "waitMs", wait.toMillis()));
    }

    /** Asks for the way back. @throws Refused when there is none any more */
    Optional<Operation> recall(String why) throws Refused {
        Optional<Map<String, Object>> answer =
                sibling.ask(id -> true, Map.of("format", FORMAT, ASK, "recall", "why", why));
        if (answer.isPresent() && answer.get().containsKey(REFUSED)) {
            throw new Refused(answer.get().get(REFUSED).toString());
        }
        return answer.flatMap(Relay::operation).map(record -> Operation.of(record, Clock.systemUTC()));
    }

    /** Whether the bundle understands what is said here. */
    boolean understands(long bundleId) {
        return sibling.ask(id -> id == bundleId, Map.of("format", FORMAT, ASK, "conducting"))
                .filter(answer -> !answer.containsKey(REFUSED))
                .isPresent();
    }

    /** Hands the operation to a bundle. @return why it did not take it; empty when it did */
    Optional<String> hand(Handed handed, long to, AtomicBoolean claim) {
        Optional<Map<String, Object>> answer = sibling.ask(
                id -> id == to,
                Map.of(
                        "format",
                        FORMAT,
                        ASK,
                        "take",
                        OPERATION,
                        write(handed.operation()),
                        "from",
                        handed.from(),
                        "back",
                        handed.back(),
                        "claim",
                        claim));
        return answer.isEmpty()
                ? Optional.of("it answers no other version")
                : Optional.ofNullable(answer.get().get(REFUSED)).map(String::valueOf);
    }

    private Optional<Operation.Record> ask(Map<String, Object> question) {
        return sibling.ask(id -> true, question).flatMap(Relay::operation);
    }

    private static Optional<Operation.Record> operation(Map<String, Object> answer) {
        return Optional.ofNullable(answer.get(OPERATION)).map(Relay::read);
    }

    private static Map<String, Object> told(Optional<Operation.Record> operation) {
        return operation
                .<Map<String, Object>>map(one -> Map.of(OPERATION, write(one)))
                .orElse(Map.of());
    }

    private static String write(Operation.Record operation) {
        try {
            return JSON.writeValueAsString(operation);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an operation cannot be written as JSON", e);
        }
    }

    private static Operation.Record read(Object text) {
        try {
            return JSON.readValue(text.toString(), Operation.Record.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("another version tells of an operation that cannot be read: " + text, e);
        }
    }
}
