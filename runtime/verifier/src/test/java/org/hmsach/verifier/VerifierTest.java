package org.hmsach.verifier;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VerifierTest {
    private static final String ALLOWED = "[{\"rule\":\"gov.a\",\"allowed\":true}]";
    private static final String DENIED = "[{\"rule\":\"gov.a\",\"allowed\":false}]";

    @TempDir
    private Path folder;

    private final List<String> lines = new ArrayList<>();
    private final Chain chain = new Chain();
    private String said = "";

    private void add(String kind, String fields) {
        long number = lines.size() + 1L;
        String payload = Base64.getEncoder().encodeToString((kind + number).getBytes(StandardCharsets.UTF_8));
        String open = "{\"number\":" + number + ",\"entry\":" + number + ",\"index\":0,\"timeMs\":" + 1000 * number
                + ",\"kind\":\"" + kind + "\",\"fields\":" + fields + ",\"payload\":\"" + payload + "\",\"chain\":\"";
        lines.add(open + chain.next(Event.parse(open + "\"}")) + "\"}");
    }

    private void order(String kind, String state, String id, String verdicts) {
        add(
                "OrderEvent",
                "{\"kind\":\"" + kind + "\",\"order\":{\"id\":\"" + id + "\",\"state\":\"" + state
                        + "\",\"replaces\":null,\"replacement\":null,\"request\":{\"account\":\"A\",\"clientOrderId\":"
                        + "\"one\"}},\"verdicts\":" + verdicts + "}");
    }

    private static String legs(long first, long second) {
        return "{\"legs\":[{\"asset\":\"USD\",\"amount\":\"" + first + "\"},{\"asset\":\"USD\",\"amount\":\"" + second
                + "\"}]}";
    }

    private int verify() throws IOException {
        Path file = folder.resolve("tape.jsonl");
        Files.write(file, lines);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        int exit = Main.run(new PrintStream(bytes, true, StandardCharsets.UTF_8), file.toString());
        said = bytes.toString(StandardCharsets.UTF_8);
        return exit;
    }

    private void goodTape() {
        add("SessionChanged", "{\"open\":true}");
        add("RequiredRulesChanged", "{\"rules\":[\"gov.a\"]}");
        order("NEW", "NEW", "o1", ALLOWED);
        add("Posted", legs(500, -500));
    }

    private void expectProblem(String what) throws IOException {
        assertEquals(1, verify(), said);
        assertTrue(said.contains(what), said);
    }

    @Test
    void acceptsATapeThatHolds() throws IOException {
        goodTape();
        assertEquals(0, verify(), said);
        assertEquals("events 4, entry 4, accepted orders 1, assets 1, chain " + chain.hex(), said.strip());
    }

    @Test
    void namesAMissingLine() throws IOException {
        goodTape();
        lines.remove(1);
        expectProblem("line 2 event 3: follows event 1");
    }

    @Test
    void namesTheFirstChangedEvent() throws IOException {
        goodTape();
        lines.set(1, lines.get(1).replace("\"timeMs\":2000", "\"timeMs\":2001"));
        expectProblem("line 2 event 2: the chain hash is wrong from here on");
        assertEquals(1, said.lines().filter(l -> l.startsWith("PROBLEM")).count(), said);
    }

    @Test
    void namesAnUncheckedOrder() throws IOException {
        goodTape();
        add(
                "OrderEvent",
                "{\"kind\":\"NEW\",\"order\":{\"id\":\"o2\",\"state\":\"NEW\",\"replaces\":null,\"request\":"
                        + "{\"account\":\"A\",\"clientOrderId\":\"two\"}},\"verdicts\":" + DENIED + "}");
        expectProblem("order o2 was taken without an allow-verdict of [gov.a]");
    }

    @Test
    void namesAClientIdTakenTwiceAndAllowsItAfterSixDays() throws IOException {
        goodTape();
        order("CANCELED", "CANCELED", "o1", "[]");
        for (int day = 0; day < 5; day++) {
            add("SessionChanged", "{\"open\":true}");
        }
        int five = lines.size();
        order("NEW", "NEW", "o2", ALLOWED);
        expectProblem("was taken by order o1 and again by o2");
        lines.remove(five);
        VerifierTest later = new VerifierTest();
        later.folder = folder;
        later.goodTape();
        later.order("CANCELED", "CANCELED", "o1", "[]");
        for (int day = 0; day < 6; day++) {
            later.add("SessionChanged", "{\"open\":true}");
        }
        later.order("NEW", "NEW", "o2", ALLOWED);
        assertEquals(0, later.verify(), later.said);
    }

    @Test
    void namesAPostingThatDoesNotBalance() throws IOException {
        goodTape();
        add("Posted", legs(7, -6));
        expectProblem("the posting is 1 off in USD");
        assertTrue(said.contains("the tape: all legs are 1 off in USD"), said);
    }

    @Test
    void namesATornLine() throws IOException {
        goodTape();
        lines.set(3, lines.get(3).substring(0, 40));
        expectProblem("line 4: no JSON at character 40");
    }

    @Test
    void refusesToGuessWhatToRead() {
        assertEquals(2, Main.run(new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8)));
        String absent = folder.resolve("absent").toString();
        assertEquals(2, Main.run(new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8), absent));
    }
}
