package org.hmsach.testkit.tape;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.hmsach.api.money.Scale8;
import org.hmsach.api.rule.Verdict;
import org.hmsach.spi.gov.OrderCheck;
import org.hmsach.spi.gov.OrderProposal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TapeRunnerTest {
    private static final UUID ACCOUNT = new UUID(1, 10);
    private static final String PERSON = new UUID(2, 1).toString();

    @TempDir
    private Path folder;

    private long number;

    /** At most one share, and only with the cash for it. */
    private static final OrderCheck CHECK = new OrderCheck() {
        @Override
        public String rule() {
            return "acme.one";
        }

        @Override
        public Verdict check(OrderProposal proposal) {
            boolean small = proposal.request().qtyE8() <= Scale8.ONE;
            return small && proposal.account().buyingPowerMinor() >= 100_00
                    ? Verdict.allow(rule(), "1", Map.of())
                    : Verdict.deny(rule(), "1", "no", Map.of());
        }
    };

    private String event(String kind, String fields) {
        number++;
        return "{\"number\":" + number + ",\"entry\":" + number
                + ",\"timeMs\":1000,\"businessDate\":\"2026-01-05\",\"kind\":\"" + kind
                + "\",\"origin\":{\"principal\":\"" + PERSON + "\"},\"fields\":" + fields + "}";
    }

    private String leg(String account, String asset, long amount) {
        return event(
                "Posted",
                "{\"legs\":[{\"ledgerAccount\":\"" + account + "\",\"account\":\"" + ACCOUNT + "\",\"asset\":\"" + asset
                        + "\",\"amount\":\"" + amount + "\"},{\"ledgerAccount\":\"house.bank\",\"account\":null,"
                        + "\"asset\":\"" + asset + "\",\"amount\":\"" + -amount + "\"}]}");
    }

    private String order(String kind, String state, int id, long shares, long reservedMinor) {
        return event(
                "OrderEvent",
                "{\"kind\":\"" + kind + "\",\"order\":{\"id\":\"" + new UUID(3, id) + "\",\"request\":{\"account\":\""
                        + ACCOUNT + "\",\"clientOrderId\":\"o" + id + "\",\"symbol\":\"IBM\",\"side\":\"BUY\","
                        + "\"type\":\"MARKET\",\"timeInForce\":\"DAY\",\"qtyE8\":\"" + shares * Scale8.ONE
                        + "\",\"limitPriceE8\":null},\"state\":\"" + state + "\",\"reservedMinor\":\"" + reservedMinor
                        + "\",\"reservedQtyE8\":\"0\"},\"verdicts\":[{\"rule\":\"gov.collar\",\"inputs\":{"
                        + "\"reference\":\"90.5\",\"source\":\"a feed\",\"feed_time\":\"2026-01-05T10:00:00Z\"}}]}");
    }

    private List<String> lines() {
        return List.of(
                event(
                        "InstrumentChanged",
                        "{\"instrument\":{\"symbol\":\"IBM\",\"currency\":{\"code\":\"USD\",\"digits\":2},"
                                + "\"tickE8\":\"1000000\",\"lotE8\":\"100000000\",\"status\":\"ACTIVE\","
                                + "\"venue\":\"paper\"}}"),
                event(
                        "AccountOpened",
                        "{\"account\":\"" + ACCOUNT + "\",\"currency\":{\"code\":\"USD\",\"digits\":2}}"),
                leg("cash.settled", "USD", 250_00),
                event("Progressed", "{\"module\":\"mfe.exec\"}"),
                order("NEW", "NEW", 1, 1, 100_00),
                order("NEW", "NEW", 2, 2, 60_00),
                order("NEW", "NEW", 3, 1, 80_00),
                order("CANCELED", "CANCELED", 1, 1, 0),
                leg("position.unsettled", "IBM", 2 * Scale8.ONE),
                leg("cash.unsettled", "USD", -20_00),
                order("REJECTED", "REJECTED", 4, 1, 0));
    }

    @Test
    void asksAboutEachOrderWithTheAccountAsItStoodThen() throws IOException {
        Path tape = Files.write(folder.resolve("tape.jsonl"), lines());
        List<TapeRunner.Judged> judged = TapeRunner.run(tape, CHECK);
        assertEquals(
                List.of(5L, 6L, 7L, 11L),
                judged.stream().map(TapeRunner.Judged::number).toList());
        assertEquals(
                List.of(true, false, false, false),
                judged.stream().map(one -> one.verdict().allowed()).toList(),
                "two shares are too many; the third has 90.00 left; the last 90.00");
        assertEquals(250_00, judged.get(0).proposal().account().buyingPowerMinor());
        assertEquals(90_00, judged.get(2).proposal().account().buyingPowerMinor());
        assertEquals(
                2 * Scale8.ONE,
                judged.get(3).proposal().account().position("IBM").orElseThrow().qtyE8());
        assertEquals(90_00, judged.get(3).proposal().account().buyingPowerMinor());
        assertEquals(
                Scale8.parse("90.5"),
                judged.get(0).proposal().reference().orElseThrow().priceE8());
        assertEquals(PERSON, judged.get(0).proposal().principal().toString());
        assertEquals(
                List.of(false, true, true, false),
                judged.stream().map(TapeRunner.Judged::differs).toList());
    }

    @Test
    void namesTheLineThatIsNoneOfATape() throws IOException {
        List<String> broken = List.of(lines().get(0), "{\"number\":");
        Path tape = Files.write(folder.resolve("broken.jsonl"), broken);
        IOException why = assertThrows(IOException.class, () -> TapeRunner.run(tape, CHECK));
        assertTrue(why.getMessage().contains("broken.jsonl, line 2"), why.getMessage());
        Path late = Files.write(folder.resolve("late.jsonl"), List.of(leg("cash.settled", "USD", 1)));
        why = assertThrows(IOException.class, () -> TapeRunner.run(late, CHECK));
        assertTrue(why.getMessage().contains("was not opened: begin with the first event"), why.getMessage());
    }
}
