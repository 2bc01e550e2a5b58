package org.hmsach.gov.checks.internal.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.hmsach.api.command.Command;
import org.hmsach.api.command.Commands;
import org.hmsach.api.command.Origin;
import org.hmsach.api.command.Outcome;
import org.hmsach.api.rule.PolicyVersion;
import org.hmsach.api.tape.Events;
import org.hmsach.testkit.fake.FakeDoor;
import org.hmsach.testkit.fake.FakeDuty;
import org.hmsach.testkit.fake.FakePortfolio;
import org.hmsach.testkit.fake.FakeTape;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PolicyBookTest {
    private final FakePortfolio portfolio = new FakePortfolio();
    private final FakeTape tape = new FakeTape();
    private final FakeDoor door = new FakeDoor();
    private final CountDownLatch activations = new CountDownLatch(Rule.values().length);
    private PolicyBook book;

    @BeforeEach
    void coreThatJournals() {
        door.answerWith(this::journal);
    }

    @AfterEach
    void stop() {
        book.stop();
    }

    @Test
    void activatesTheStandardsOnceWhereARuleNeverHadAPolicy() throws InterruptedException {
        book = new PolicyBook(portfolio, tape, door, new FakeDuty(true));
        assertTrue(activations.await(10, TimeUnit.SECONDS));
        book.refresh();
        for (Rule rule : Rule.values()) {
            Policy policy = book.policy(rule).orElseThrow();
            assertTrue(policy.version().startsWith("entry-"), policy::version);
            assertEquals(rule.standards(), policy.parameters());
        }
    }

    @Test
    void readsActiveParametersBackFromTheTape() throws InterruptedException {
        book = new PolicyBook(portfolio, tape, door, new FakeDuty(true));
        assertTrue(activations.await(10, TimeUnit.SECONDS));
        Map<String, String> parameters = new HashMap<>(Rule.COLLAR.standards());
        parameters.put("hard_bp", "250");
        book.activate(Rule.COLLAR, parameters, Origin.ofModule("test"));
        PolicyBook second = new PolicyBook(portfolio, tape, door, new FakeDuty(true));
        second.stop();
        assertEquals(250, second.policy(Rule.COLLAR).orElseThrow().number("hard_bp"));
    }

    @Test
    void readsNotesThatLieFarApart() {
        activated(Rule.FAT_FINGER);
        for (int i = 0; i < 1_000; i++) {
            tape.append(header -> new Events.Noted(header, "another", Map.of()));
        }
        activated(Rule.COLLAR);
        activated(Rule.SESSION);
        book = new PolicyBook(portfolio, tape, door, new FakeDuty(false));
        for (Rule rule : List.of(Rule.FAT_FINGER, Rule.COLLAR, Rule.SESSION)) {
            assertEquals(rule.standards(), book.policy(rule).orElseThrow().parameters(), rule::id);
        }
    }

    private void activated(Rule rule) {
        long entry = tape.lastNumber() + 1;
        tape.append(header -> new Events.Noted(header, PolicyJournal.TOPIC, rule.standards()));
        String version = "entry-" + entry;
        portfolio.policy(new PolicyVersion(
                rule.id(), version, Policy.of(rule, version, rule.standards()).digest()));
    }

    @Test
    void hasNoPolicyWhereTheTapeDoesNotHoldWhatWasActivated() {
        portfolio.policy(new PolicyVersion("gov.collar", "entry-1", "0".repeat(64)));
        portfolio.policy(new PolicyVersion("gov.session", "somebody's", "0".repeat(64)));
        Map<String, String> note = new HashMap<>(Rule.COLLAR.standards());
        tape.append(header -> new Events.Noted(header, PolicyJournal.TOPIC, note));
        book = new PolicyBook(portfolio, tape, door, new FakeDuty(true));
        assertEquals(Optional.empty(), book.policy(Rule.COLLAR));
        assertEquals(Optional.empty(), book.policy(Rule.SESSION));
    }

    @Test
    void digestDependsOnEveryParameter() {
        book = new PolicyBook(portfolio, tape, door, new FakeDuty(true));
        Policy a = Policy.of(Rule.FAT_FINGER, "x", Map.of("max_qty", "1", "max_notional", "2"));
        Policy b = Policy.of(Rule.FAT_FINGER, "y", Map.of("max_qty", "2", "max_notional", "1"));
        assertEquals(64, a.digest().length());
        assertTrue(!a.digest().equals(b.digest()));
    }

    private Outcome journal(Command command) {
        long entry = tape.lastNumber() + 1;
        if (command instanceof Commands.RecordNote note) {
            tape.append(header -> new Events.Noted(header, note.topic(), note.values()));
        } else if (command instanceof Commands.ActivatePolicy activation) {
            tape.append(header -> new Events.PolicyActivated(header, activation.policy()));
            portfolio.policy(activation.policy());
            activations.countDown();
        }
        return new Outcome(entry, entry, Optional.empty(), false, Optional.empty());
    }
}
