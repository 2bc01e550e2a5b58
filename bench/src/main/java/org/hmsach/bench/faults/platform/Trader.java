package org.hmsach.bench.faults.platform;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import org.hmsach.bench.faults.platform.Deed.Kind;
import org.hmsach.cli.demo.DemoOrganisation.Investor;
import org.hmsach.cli.http.HmsClient;

/**
 * One client: sends orders, cancels, replaces and deposits to its account, one after the other, and writes down each
 * before it is sent. What was not answered is sent again with the same id by {@link #settle}.
 */
final class Trader {
    private static final int MOST_OPEN = 30;
    private static final int PRICE_EVERY = 25;
    private static final BigDecimal LOW = new BigDecimal("0.97");
    private static final BigDecimal HIGH = new BigDecimal("1.01");
    private static final List<String> SYMBOLS = List.of("IBM", "AAPL", "SPY");

    private final Investor investor;
    private final Operator operator;
    private final AnswerCount answers;
    private final Random random;
    private final List<Deed> journal = new CopyOnWriteArrayList<>();
    private final List<String> open = new ArrayList<>();
    private final Set<String> promised = new HashSet<>();
    private HmsClient api;
    private String symbol = SYMBOLS.get(0);
    private BigDecimal ask = BigDecimal.ONE;
    private int sinceQuote = PRICE_EVERY;

    Trader(Investor investor, Operator operator, AnswerCount answers, long seed) {
        this.investor = investor;
        this.operator = operator;
        this.answers = answers;
        this.random = new Random(seed);
    }

    /** Everything it ever asked for. */
    List<Deed> journal() {
        return List.copyOf(journal);
    }

    String account() {
        return investor.account();
    }

    /** The client of the account at the address last moved to. */
    HmsClient api() {
        return api;
    }

    void move(URI url) {
        api = new HmsClient(url).withKey(investor.keyId(), investor.secretKey());
        sinceQuote = PRICE_EVERY;
    }

    /** An order as clients send it. */
    static Map<String, Object> example() {
        return Map.of(
                "symbol", SYMBOLS.get(0),
                "qty", "1",
                "side", "buy",
                "type", "market",
                "time_in_force", "day",
                "client_order_id", "example-" + UUID.randomUUID());
    }

    /** Trades until told to stop, or until the server is gone. */
    void run(BooleanSupplier stop) {
        try {
            boolean there = true;
            while (there && !stop.getAsBoolean()) {
                there = step();
            }
        } catch (IOException e) {
            answers.withoutAnswer();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Sends one order. @return whether it was acknowledged */
    boolean ask() throws InterruptedException {
        int before = journal.size();
        try {
            look();
            order();
        } catch (IOException e) {
            answers.withoutAnswer();
        }
        return journal.size() > before && journal.get(before).known() == Deed.Known.ACKNOWLEDGED;
    }

    /** Sends everything again whose end is not known. @return how many deeds still have no end */
    int settle() throws IOException, InterruptedException {
        int without = 0;
        for (Deed deed : journal) {
            if (!deed.isFinished()) {
                send(deed);
                without += deed.isFinished() ? 0 : 1;
            }
        }
        return without;
    }

    private boolean step() throws IOException, InterruptedException {
        if (sinceQuote++ >= PRICE_EVERY) {
            look();
        }
        int dice = random.nextInt(100);
        if (open.size() > MOST_OPEN || (dice >= 60 && dice < 80 && !open.isEmpty())) {
            String order = open.remove(random.nextInt(open.size()));
            return does(new Deed(Kind.CANCEL, "cancel-" + order, order, Map.of()));
        } else if (dice >= 80 && dice < 95 && !open.isEmpty()) {
            return replace(open.remove(random.nextInt(open.size())));
        } else if (dice >= 97) {
            return deposit();
        }
        return order();
    }

    private boolean order() throws IOException, InterruptedException {
        Map<String, Object> body = new LinkedHashMap<>();
        String key = "faults-" + UUID.randomUUID();
        int dice = random.nextInt(10);
        body.put("symbol", symbol);
        body.put("qty", Integer.toString(1 + random.nextInt(5)));
        body.put("side", dice == 9 ? "sell" : "buy");
        body.put("type", dice < 2 || dice == 9 ? "market" : "limit");
        body.put("time_in_force", dice == 2 || dice == 3 ? "ioc" : "day");
        if (dice >= 2 && dice < 9) {
            body.put("limit_price", price(dice <= 3 ? HIGH : LOW));
        }
        body.put("client_order_id", key);
        Deed deed = new Deed(Kind.ORDER, key, "", body);
        boolean there = does(deed);
        if (dice > 3 && dice < 9 && deed.known() == Deed.Known.ACKNOWLEDGED) {
            open.add(deed.subject());
        }
        return there;
    }

    private boolean replace(String order) throws IOException, InterruptedException {
        String key = "faults-" + UUID.randomUUID();
        Map<String, Object> body = Map.of(
                "qty", Integer.toString(6 + random.nextInt(5)), "limit_price", price(LOW), "client_order_id", key);
        Deed deed = new Deed(Kind.REPLACE, key, order, body);
        boolean there = does(deed);
        if (deed.known() == Deed.Known.ACKNOWLEDGED) {
            promised.add(deed.subject());
            open.add(deed.subject());
        }
        return there;
    }

    private boolean deposit() throws IOException, InterruptedException {
        Map<String, Object> body = Map.of(
                "account",
                investor.account(),
                "direction",
                "incoming",
                "amount",
                (1 + random.nextInt(900)) + ".25",
                "rail",
                "operator");
        Deed deed = new Deed(Kind.DEPOSIT, "deposit-" + UUID.randomUUID(), investor.account(), body);
        return does(deed);
    }

    private String price(BigDecimal factor) {
        return ask.multiply(factor).setScale(2, RoundingMode.DOWN).toPlainString();
    }

    private void look() throws IOException, InterruptedException {
        sinceQuote = 0;
        symbol = SYMBOLS.get(random.nextInt(SYMBOLS.size()));
        HmsClient.Answer answer = api.send("GET", "/v2/stocks/" + symbol + "/quotes/latest", null);
        JsonNode quote = answer.json().path("quote").path("ap");
        if (answer.ok() && !quote.isMissingNode()) {
            ask = new BigDecimal(quote.asText());
        }
    }

    private boolean does(Deed deed) throws IOException, InterruptedException {
        journal.add(deed);
        return send(deed);
    }

    /** @return whether the server is there */
    private boolean send(Deed deed) throws IOException, InterruptedException {
        try {
            HmsClient.Answer answer = answer(deed);
            // the venue was too late for the replacement: the order that was to come never did
            boolean neverCame = answer.status() == 404 && promised.contains(deed.target());
            if (neverCame) {
                answers.refused();
            } else {
                answers.answered(deed, answer);
            }
            if (answer.ok()) {
                deed.acknowledge(answer.json().path("id").asText());
                finish(deed, answer.json().path("state").asText());
            } else if (neverCame || AnswerCount.isRefusal(answer.status())) {
                deed.refuse();
            }
            return true;
        } catch (IOException e) {
            answers.withoutAnswer();
            return false;
        }
    }

    private HmsClient.Answer answer(Deed deed) throws IOException, InterruptedException {
        String request = deed.attempt();
        HmsClient named = api.with("X-Request-ID", request);
        return switch (deed.kind()) {
            case ORDER -> named.send("POST", "/v2/orders", deed.body());
            case REPLACE -> named.send("PATCH", "/v2/orders/" + deed.target(), deed.body());
            case CANCEL ->
                named.with("Idempotency-Key", deed.key()).send("DELETE", "/v2/orders/" + deed.target(), null);
            case DEPOSIT ->
                operator.send(
                        "POST",
                        "/mfe/v1/transfers",
                        deed.body(),
                        Map.of("X-Request-ID", request, "Idempotency-Key", deed.key()));
        };
    }

    /** A second pair of eyes is not what is tested: each deposit is approved at once, again when that got no answer. */
    private void finish(Deed deed, String state) throws IOException, InterruptedException {
        if (deed.kind() != Kind.DEPOSIT || !(state.equals("queued") || state.equals("approval_pending"))) {
            deed.finish();
            return;
        }
        HmsClient.Answer answer =
                operator.send("POST", "/mfe/v1/transfers/" + deed.subject() + "/approve", null, Map.of());
        if (answer.ok()) {
            deed.finish();
        }
    }
}
