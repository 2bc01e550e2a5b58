package org.hmsach.mfe.exec.internal;

import static org.hmsach.api.order.Side.BUY;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.hmsach.api.command.Command;
import org.hmsach.api.command.Commands;
import org.hmsach.api.order.Order;
import org.hmsach.api.refusal.Reason;
import org.hmsach.api.refusal.Refused;
import org.hmsach.api.refusal.UnavailableException;
import org.hmsach.api.tape.Events.OrderEventKind;
import org.hmsach.spi.mkt.Venue;
import org.hmsach.testkit.fake.FakeDoor;
import org.hmsach.testkit.fake.Samples;
import org.junit.jupiter.api.Test;

/** What goes wrong at one venue, or between venue and core, ends there. */
class ExecTroubleTest {
    private static final Duration A_WHILE = Duration.ofMillis(400);
    /** Ample for a venue that does return. */
    private static final Duration STUCK = Duration.ofSeconds(2);

    private final FakeVenue venue = FakeVenue.internal("v");

    @Test
    void opensTheVenueAnewWhenTheCoreRefusesAFill() {
        try (ExecStage stage = new ExecStage(venue)) {
            stage.open();
            Order order = order("v");
            long cause = stage.order(OrderEventKind.NEW, order);
            venue.asked.await(2);
            Venue.Reports old = venue.reports();
            refuseReports(stage, Refused.of(Reason.ILLEGAL_TRANSITION, "order", "the order is over"));
            old.filled(cause, order.id(), "x1", 1, 1);
            stage.awaitReports(1);
            stage.door.acceptAll();

            long incarnation = stage.open(order);
            venue.asked.await(("open " + incarnation + " [" + FakeVenue.label(order.id()) + "]")::equals, "it again");
            old.filled(cause, order.id(), "x2", 1, 1);
            venue.reports().filled(0, order.id(), "x3", 1, 1);
            Commands.ReportFill told =
                    (Commands.ReportFill) stage.awaitReports(2).get(1);
            assertEquals("x3", told.execId());
            assertEquals(incarnation, told.incarnation());
        }
    }

    @Test
    void staysOpenWhenARefusalOnlySaysThatAnOrderIsOver() {
        try (ExecStage stage = new ExecStage(venue)) {
            stage.open();
            Order order = order("v");
            long cause = stage.order(OrderEventKind.NEW, order);
            venue.asked.await(2);
            stage.door.refuseWith(Refused.of(Reason.ILLEGAL_TRANSITION, "order", "the order is over"));
            venue.reports().cancelRejected(cause, order.id(), "late");
            venue.reports().canceled(cause, order.id(), "out");
            stage.door.sent().await(s -> stage.reports().size() == 2, "two reports");
            stage.door.refuseWith(Refused.of(Reason.STALE_INCARNATION, "venue", "opened again"));
            venue.reports().filled(cause, order.id(), "x1", 1, 1);

            stage.awaitReports(3);
            assertFalse(stage.opensAgainWithin(A_WHILE));
        }
    }

    @Test
    void opensTheVenueAnewWhenTheCoreDidNotAnswer() {
        try (ExecStage stage = new ExecStage(venue)) {
            stage.open();
            Order order = order("v");
            long cause = stage.order(OrderEventKind.NEW, order);
            venue.asked.await(2);
            AtomicInteger reports = new AtomicInteger();
            AtomicInteger openings = new AtomicInteger();
            stage.door.failWith(
                    UnavailableException.core("STARTING", "the core starts", 1),
                    command -> (isOpening(command) ? openings : reports).getAndIncrement() == 0);
            venue.reports().filled(cause, order.id(), "x1", 1, 1);
            stage.awaitReports(1);
            stage.awaitOpening(); // lost as well

            FakeDoor.Sent opening = stage.awaitOpening();
            long incarnation = stage.confirm(opening, order);
            venue.asked.await(a -> a.startsWith("open " + incarnation), "it again");
        }
    }

    @Test
    void takesOutAnOrderWhoseFillsAreRefusedAgainAndAgain() {
        try (ExecStage stage = new ExecStage(venue)) {
            Order bad = order("v");
            Order good = order("v");
            for (int time = 0; time < 3; time++) {
                long incarnation = stage.open(bad, good);
                venue.asked.await(a -> a.startsWith("open " + incarnation), "the opening");
                refuseReports(stage, Refused.of(Reason.INSUFFICIENT_POSITION, "position", "not there"));
                venue.reports().traded(0, new Venue.Match(bad.id(), good.id(), "x" + time, 1, 1));
                stage.awaitReports(time + 1);
                stage.door.acceptAll();
            }
            long incarnation = stage.open(bad, good);

            venue.asked.await(("open " + incarnation + " [" + FakeVenue.label(good.id()) + "]")::equals, "the rest");
            Commands.ReportOrder told =
                    (Commands.ReportOrder) stage.awaitReports(4).get(3);
            assertEquals(bad.id(), told.order());
            assertEquals(Commands.VenueAnswer.CANCELED, told.answer());
        }
    }

    @Test
    void keepsOtherVenuesGoingWhileOneHangsAndReturnsToItWhenItReturns() {
        FakeVenue hanging = FakeVenue.internal("h");
        CountDownLatch latch = new CountDownLatch(1);
        try (ExecStage stage = new ExecStage(STUCK, venue, hanging)) {
            stage.open();
            stage.open();
            hanging.asked.await(1);
            venue.asked.await(1);
            hanging.hangUntil(latch);
            stage.order(OrderEventKind.NEW, order("h"));
            long there = stage.order(OrderEventKind.NEW, order("v"));

            venue.asked.await(a -> a.startsWith(there + " place"), "the order of the other venue");
            // it is left alone meanwhile, but not opened anew
            assertFalse(stage.opensAgainWithin(STUCK.plusSeconds(3)));
            latch.countDown();
            long incarnation = stage.open();
            hanging.asked.await(a -> a.startsWith("open " + incarnation), "it again");
        }
    }

    @Test
    void turnsFromAHangingVenueToItsReplacement() {
        CountDownLatch latch = new CountDownLatch(1);
        try (ExecStage stage = new ExecStage(venue)) {
            stage.open();
            venue.asked.await(1);
            venue.hangUntil(latch);
            stage.order(OrderEventKind.NEW, order("v"));
            FakeVenue newer = FakeVenue.internal("v");
            stage.venues.put("v", newer);
            stage.open();

            newer.asked.await(1);
            latch.countDown();
        }
    }

    @Test
    void opensAVenueAnewThatThrew() {
        AtomicBoolean throwing = new AtomicBoolean(true);
        venue.onAsk(ask -> {
            if (ask.contains("place") && throwing.getAndSet(false)) {
                throw new IllegalArgumentException("not today");
            }
        });
        try (ExecStage stage = new ExecStage(venue)) {
            stage.open();
            Order order = order("v");
            stage.order(OrderEventKind.NEW, order);
            long incarnation = stage.open(order);

            venue.asked.await(("open " + incarnation + " [" + FakeVenue.label(order.id()) + "]")::equals, "it again");
        }
    }

    @Test
    void opensAVenueAnewWhoseReportTheDoorCannotEvenTake() {
        try (ExecStage stage = new ExecStage(venue)) {
            stage.open();
            venue.asked.await(1);
            stage.door.answerWith(command -> {
                throw new IllegalArgumentException("no such execution id");
            });
            venue.reports().filled(0, Samples.newId(), null, -1, 0);
            venue.asked.await("close"::equals, "the close");
            stage.door.acceptAll();
            assertTrue(stage.opensAgainWithin(Duration.ofSeconds(30)));
        }
    }

    @Test
    void repeatsTheFactsOfAnExternalVenueUntilTheyAreTaken() {
        FakeVenue external = new FakeVenue("broker", Venue.Kind.EXTERNAL);
        try (ExecStage stage = new ExecStage(external)) {
            FakeDoor.Sent opening = stage.awaitOpening();
            assertEquals(new Commands.OpenVenue("broker", false), opening.command());
            stage.confirm(opening);
            external.asked.await(1);
            Order order = order("broker");
            stage.door.failWith(UnavailableException.core("STARTING", "the core starts", 1));
            external.reports().filled(0, order.id(), "x1", 1, 1);
            stage.awaitReports(2);
            stage.door.refuseWith(Refused.of(Reason.ALREADY_DONE, "exec_id", "known"));

            List<Commands.ReportFill> told = stage.door.commands(Commands.ReportFill.class);
            assertTrue(told.stream().allMatch(f -> f.execId().equals("x1")));
            assertFalse(stage.opensAgainWithin(A_WHILE));
        }
    }

    @Test
    void waitsForTheLastFactsOfAnExternalVenueBeforeItIsOpenedAnew() {
        FakeVenue external = new FakeVenue("broker", Venue.Kind.EXTERNAL);
        try (ExecStage stage = new ExecStage(external)) {
            stage.open();
            external.asked.await(1);
            stage.door.failWith(UnavailableException.core("STARTING", "the core starts", 1));
            external.reports().filled(0, Samples.newId(), "x1", 1, 1);
            stage.awaitReports(1);
            stage.venues.put("broker", new FakeVenue("broker", Venue.Kind.EXTERNAL));
            external.asked.await("close"::equals, "the close");
            assertFalse(stage.opensAgainWithin(A_WHILE));

            stage.door.acceptAll();
            stage.awaitOpening();
        }
    }

    private static void refuseReports(ExecStage stage, Refused refusal) {
        stage.door.refuseWith(refusal, command -> !isOpening(command));
    }

    private static boolean isOpening(Command command) {
        return command instanceof Commands.OpenVenue;
    }

    private static Order order(String venue) {
        return Samples.accepted(Samples.limit(BUY, "XYZ", "5", "10"), venue);
    }
}
