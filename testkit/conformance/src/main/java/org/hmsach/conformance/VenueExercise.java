package org.hmsach.conformance;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.hmsach.api.order.Order;
import org.hmsach.api.order.OrderState;
import org.hmsach.api.order.Side;
import org.hmsach.spi.mkt.Venue;
import org.hmsach.testkit.fake.Samples;

/** Orders placed and canceled: each ends once, and nothing is told after the session. */
final class VenueExercise implements Exercise {
    private static final Duration ANSWER = Duration.ofSeconds(5);
    private static final int ORDERS = 20;

    private record Told(String what, UUID order, String execId) {
        boolean isEnd() {
            return what.equals("canceled") || what.equals("rejected");
        }
    }

    @Override
    public Class<?> spi() {
        return Venue.class;
    }

    @Override
    public Duration deadline() {
        return Duration.ofSeconds(10);
    }

    @Override
    public void once(Object service, int number) throws InterruptedException {
        Venue venue = (Venue) service;
        Exercises.require(venue.name().matches("[a-z0-9.-]{1,32}"), "the name '" + venue.name() + "' is none");
        Exercises.require(venue.kind() != null, "it has no kind");
        Heard<Told> heard = new Heard<>();
        try (Venue.Session session = venue.open(number, List.of(), reports(heard))) {
            Order order = resting(venue);
            session.place(number, order);
            session.cancel(number, Samples.inState(order, OrderState.PENDING_CANCEL));
            Exercises.require(
                    heard.await(ANSWER, all -> all.stream()
                            .anyMatch(one -> one.order().equals(order.id()))),
                    "no answer to an order and its cancel within " + ANSWER.toSeconds() + " s");
        }
    }

    @Override
    public List<String> disorder(Object service) throws InterruptedException {
        Venue venue = (Venue) service;
        List<String> problems = new ArrayList<>();
        Heard<Told> heard = new Heard<>();
        Venue.Session session = venue.open(1_000_000, List.of(), reports(heard));
        List<UUID> placed = new ArrayList<>();
        for (int i = 0; i < ORDERS; i++) {
            Order order = resting(venue);
            placed.add(order.id());
            session.place(i, order);
            session.cancel(i, Samples.inState(order, OrderState.PENDING_CANCEL));
        }
        boolean all = heard.await(
                ANSWER, told -> told.stream().map(Told::order).toList().containsAll(placed));
        session.close();
        int atEnd = heard.all().size();
        if (!all) {
            problems.add("not all of " + ORDERS + " orders were answered within " + ANSWER.toSeconds() + " s");
        }
        if (heard.await(Duration.ofMillis(300), told -> told.size() > atEnd)) {
            problems.add("it told something after the session was closed");
        }
        Set<UUID> ended = new HashSet<>();
        Set<String> executions = new HashSet<>();
        for (Told one : heard.all()) {
            if (ended.contains(one.order()) && !one.what().startsWith("too late")) {
                problems.add("told '" + one.what() + "' about an order that had ended");
            }
            if (one.isEnd()) {
                ended.add(one.order());
            }
            if (!one.execId().isEmpty() && !executions.add(one.execId())) {
                problems.add("execution id " + one.execId() + " came twice");
            }
        }
        return problems;
    }

    private static Order resting(Venue venue) {
        return Samples.accepted(Samples.limit(Side.BUY, "IBM", "10", "1.00"), venue.name());
    }

    private static Venue.Reports reports(Heard<Told> heard) {
        return new Venue.Reports() {
            private void add(String what, UUID order, String execId) {
                heard.add(new Told(what, order, execId));
            }

            @Override
            public void filled(long cause, UUID order, String execId, long qtyE8, long priceE8) {
                add("filled", order, execId);
            }

            @Override
            public void traded(long cause, Venue.Match match) {
                add("traded", match.taker(), match.execId());
            }

            @Override
            public void canceled(long cause, UUID order, String detail) {
                add("canceled", order, "");
            }

            @Override
            public void rejected(long cause, UUID order, String detail) {
                add("rejected", order, "");
            }

            @Override
            public void replaced(long cause, UUID oldOrder) {
                add("replaced", oldOrder, "");
            }

            @Override
            public void cancelRejected(long cause, UUID order, String detail) {
                add("too late to cancel", order, "");
            }

            @Override
            public void replaceRejected(long cause, UUID order, String detail) {
                add("too late to replace", order, "");
            }
        };
    }
}
