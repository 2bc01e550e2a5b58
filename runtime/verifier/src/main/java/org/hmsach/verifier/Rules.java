package org.hmsach.verifier;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/** What must hold of orders and postings, reckoned from the lines alone. */
final class Rules {
    /** So many business days after its order ended a client order id may come again. */
    private static final long KEPT_DAYS = 5;

    private static final long OPEN = -1;
    private static final Set<String> FINAL = Set.of("FILLED", "CANCELED", "EXPIRED", "REJECTED", "REPLACED");

    private final Consumer<String> wrong;
    private final Set<String> approved = new HashSet<>();
    private final Map<String, Taken> clientIds = new HashMap<>();
    private final TreeMap<String, Long> sums = new TreeMap<>();
    private List<?> required = List.of();
    private long day;
    private long orders;

    private record Taken(String order, long closedDay) {}

    Rules(Consumer<String> wrong) {
        this.wrong = wrong;
    }

    void take(Event event) {
        switch (event.kind()) {
            case "RequiredRulesChanged" -> required = Event.list(event.fields(), "rules");
            case "SessionChanged" -> session(Event.flag(event.fields(), "open"));
            case "OrderEvent" -> order(event.fields());
            case "Posted" -> posted(Event.list(event.fields(), "legs"));
            default -> {
                // nothing to reckon; it is in the chain
            }
        }
    }

    private void session(boolean open) {
        if (open) {
            day++;
            clientIds.values().removeIf(t -> t.closedDay() != OPEN && day - t.closedDay() > KEPT_DAYS);
        }
    }

    private void order(Map<?, ?> fields) {
        Map<?, ?> order = Event.map(fields, "order");
        String kind = Event.text(fields, "kind");
        String id = Event.text(order, "id");
        boolean ended = FINAL.contains(Event.text(order, "state"));
        if (kind.equals("NEW")) {
            orders++;
            if (Event.isNull(order, "replaces")) {
                expectVerdicts(fields, id);
            } else if (!approved.remove(id)) {
                wrong.accept("order " + id + " replaces one, and no rule was asked");
            }
        } else if (kind.equals("PENDING_REPLACE")) {
            expectVerdicts(fields, id);
            approved.add(Event.text(Event.map(order, "replacement"), "newId"));
        }
        Map<?, ?> request = Event.map(order, "request");
        String clientId = Event.text(request, "account") + " " + Event.text(request, "clientOrderId");
        if (kind.equals("NEW") || kind.equals("REJECTED")) {
            Taken before = clientIds.put(clientId, new Taken(id, ended ? day : OPEN));
            if (before != null && !before.order().equals(id)) {
                wrong.accept("client order id '" + clientId + "' was taken by order " + before.order()
                        + " and again by " + id);
            }
        } else if (ended) {
            clientIds.computeIfPresent(clientId, (key, taken) -> new Taken(taken.order(), day));
        }
    }

    private void expectVerdicts(Map<?, ?> fields, String id) {
        List<Object> missing = new ArrayList<>(required);
        for (Object verdict : Event.list(fields, "verdicts")) {
            if (verdict instanceof Map<?, ?> one && Event.flag(one, "allowed")) {
                missing.remove(one.get("rule"));
            }
        }
        if (!missing.isEmpty()) {
            wrong.accept("order " + id + " was taken without an allow-verdict of " + missing);
        }
    }

    private void posted(List<?> legs) {
        TreeMap<String, Long> own = new TreeMap<>();
        for (Object leg : legs) {
            Map<?, ?> one = (Map<?, ?>) leg;
            own.merge(Event.text(one, "asset"), Event.number(one, "amount"), Math::addExact);
            sums.merge(Event.text(one, "asset"), Event.number(one, "amount"), Math::addExact);
        }
        own.forEach((asset, sum) -> {
            if (sum != 0) {
                wrong.accept("the posting is " + sum + " off in " + asset);
            }
        });
    }

    Map<String, Long> sums() {
        return sums;
    }

    long orders() {
        return orders;
    }
}
