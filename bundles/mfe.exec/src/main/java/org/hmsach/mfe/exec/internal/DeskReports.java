package org.hmsach.mfe.exec.internal;

import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import org.hmsach.api.command.Cause;
import org.hmsach.api.command.Command;
import org.hmsach.api.command.Commands;
import org.hmsach.api.command.Commands.VenueAnswer;
import org.hmsach.api.command.Outcome;
import org.hmsach.api.refusal.Reason;
import org.hmsach.api.refusal.Refused;
import org.hmsach.api.refusal.UnavailableException;
import org.hmsach.spi.mkt.Venue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns what one session says into commands, and judges what the core says to them. */
final class DeskReports implements Venue.Reports {
    private static final Logger LOG = LoggerFactory.getLogger(DeskReports.class);
    private static final int LONGEST_DETAIL = 200;

    private final Desk desk;
    private final Venue.Kind kind;
    private final Outbox outbox;
    private final Suspects suspects;
    private final String requestId;

    DeskReports(Desk desk, Venue.Kind kind, Outbox outbox, Suspects suspects, String requestId) {
        this.desk = desk;
        this.kind = kind;
        this.outbox = outbox;
        this.suspects = suspects;
        this.requestId = requestId;
    }

    @Override
    public void filled(long cause, UUID order, String execId, long qtyE8, long priceE8) {
        send(cause, List.of(order), false, c -> {
            return new Commands.ReportFill(c, desk.venueName(), desk.incarnation(), execId, order, qtyE8, priceE8);
        });
    }

    @Override
    public void traded(long cause, Venue.Match match) {
        send(cause, List.of(match.taker(), match.maker()), false, c -> {
            return new Commands.ReportTrade(
                    c,
                    desk.venueName(),
                    desk.incarnation(),
                    match.execId(),
                    match.taker(),
                    match.maker(),
                    match.qtyE8(),
                    match.priceE8());
        });
    }

    @Override
    public void canceled(long cause, UUID order, String detail) {
        answer(cause, order, VenueAnswer.CANCELED, detail);
    }

    @Override
    public void rejected(long cause, UUID order, String detail) {
        answer(cause, order, VenueAnswer.REJECTED, detail);
    }

    @Override
    public void replaced(long cause, UUID oldOrder) {
        answer(cause, oldOrder, VenueAnswer.REPLACED, "");
    }

    @Override
    public void cancelRejected(long cause, UUID order, String detail) {
        answer(cause, order, VenueAnswer.CANCEL_REJECTED, detail);
    }

    @Override
    public void replaceRejected(long cause, UUID order, String detail) {
        answer(cause, order, VenueAnswer.REPLACE_REJECTED, detail);
    }

    private void answer(long cause, UUID order, VenueAnswer answer, String detail) {
        String words = Objects.requireNonNullElse(detail, "");
        String shortened = words.length() > LONGEST_DETAIL ? words.substring(0, LONGEST_DETAIL) : words;
        // after a REPLACED there is an order in the book that the core may not know
        send(cause, List.of(order), answer != VenueAnswer.REPLACED, c -> {
            return new Commands.ReportOrder(c, desk.venueName(), desk.incarnation(), order, answer, shortened);
        });
    }

    private void send(long cause, List<UUID> orders, boolean leavesNothing, Function<Cause, Command> command) {
        desk.reported();
        outbox.add(new Report(Math.max(cause, desk.incarnation()), orders, leavesNothing, command));
    }

    private final class Report implements Outbox.Letter {
        private final long told;
        private final List<UUID> orders;
        private final boolean leavesNothing;
        private final Function<Cause, Command> command;

        Report(long told, List<UUID> orders, boolean leavesNothing, Function<Cause, Command> command) {
            this.told = told;
            this.orders = orders;
            this.leavesNothing = leavesNothing;
            this.command = command;
        }

        @Override
        public boolean wanted() {
            return kind == Venue.Kind.EXTERNAL || !(desk.isVoided() || desk.isTroubled());
        }

        @Override
        public long told() {
            return told;
        }

        @Override
        public Command command(Cause cause) {
            return command.apply(cause);
        }

        @Override
        public String requestId() {
            return requestId;
        }

        @Override
        public void answered(Outcome outcome) {
            desk.settled();
            outcome.refusal().ifPresentOrElse(this::refused, desk::believe);
        }

        @Override
        public void lost(Throwable why) {
            if (kind == Venue.Kind.INTERNAL) {
                desk.trouble("a report got no answer: " + why);
            } else if (why instanceof UnavailableException || why.getCause() instanceof UnavailableException) {
                // a fact stays a fact: the core takes an execution once, however often it is told
                LOG.debug("report of {} is sent again: {}", desk.venueName(), why.toString());
                outbox.addLater(this);
            } else {
                LOG.error("the core cannot take what {} says about {}", desk.venueName(), orders, why);
                desk.settled();
            }
        }

        private void refused(Refused refusal) {
            if (isHarmless(refusal.reason())) {
                LOG.debug("report of {} about {} refused: {}", desk.venueName(), orders, refusal.detail());
            } else {
                if (kind == Venue.Kind.INTERNAL) {
                    suspects.refused(orders);
                }
                desk.trouble("the core refused its report about " + orders + ": " + refusal.detail());
            }
        }

        private boolean isHarmless(Reason reason) {
            return switch (reason) {
                case STALE_INCARNATION -> true; // the newer opening is on its way to us
                case ALREADY_DONE -> kind == Venue.Kind.EXTERNAL;
                case ILLEGAL_TRANSITION, NOT_FOUND -> leavesNothing; // over in the core, and out of the book
                default -> false;
            };
        }
    }
}
