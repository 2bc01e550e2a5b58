package org.hmsach.core.internal.codec;

import java.time.LocalDate;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.hmsach.api.tape.EventHeader;
import org.hmsach.api.tape.Events;
import org.hmsach.api.tape.TapeEvent;
import org.hmsach.core.internal.sbe.*;

/**
 * Events as bytes and back. Number, entry, index and time are the tape's, not in the bytes. One instance a thread.
 */
public final class EventCodec {
    private final Out out = new Out();
    private final In in = new In();
    private final RuleEvents ruleEvents = new RuleEvents(out);

    /** Writes the event from offset 0. @return how many bytes */
    public int encode(TapeEvent event, MutableDirectBuffer into) {
        out.start(into);
        EventHeader h = event.header();
        Envelopes.write(out, h.origin(), h.businessDate().toEpochDay());
        if (!writeOrders(event) && !writeBooks(event) && !ruleEvents.write(event)) {
            throw new IllegalStateException(event.getClass().getName() + " has no codec");
        }
        return out.length();
    }

    /**
     * Reads an event of the tape.
     *
     * @throws IllegalStateException when the bytes are no event: the tape is ours, so that is a bug or damage
     */
    public TapeEvent decode(DirectBuffer buffer, int offset, int length, EventPlace place) {
        try {
            in.start(buffer, offset, length);
            Envelopes.Envelope envelope = Envelopes.read(in);
            EventHeader header = new EventHeader(
                    place.number(),
                    place.entry(),
                    place.index(),
                    place.timeMs(),
                    LocalDate.ofEpochDay(envelope.businessDay()),
                    envelope.origin());
            int template = in.template();
            TapeEvent event =
                    template >= OrderEventDecoder.TEMPLATE_ID ? readOwn(template, header) : readDone(template, header);
            in.finish();
            return event;
        } catch (MalformedFrameException e) {
            throw new IllegalStateException("event " + place.number() + " cannot be read: " + e.getMessage(), e);
        }
    }

    private boolean writeOrders(TapeEvent event) {
        if (event instanceof Events.OrderEvent x) {
            OrderEvents.write(out, x);
        } else if (event instanceof Events.TradePrinted x) {
            OrderEvents.write(out, x);
        } else if (event instanceof Events.VenueReady x) {
            OrderEvents.write(out, x);
        } else {
            return false;
        }
        return true;
    }

    private boolean writeBooks(TapeEvent event) {
        if (event instanceof Events.Posted x) {
            BooksEvents.write(out, x);
        } else if (event instanceof Events.CommandRefused x) {
            BooksEvents.write(out, x);
        } else if (event instanceof Events.Settled x) {
            BooksEvents.write(out, x);
        } else if (event instanceof Events.Marked x) {
            BooksEvents.write(out, x);
        } else if (event instanceof Events.TransferChanged x) {
            BooksEvents.write(out, x.transfer());
        } else if (event instanceof Events.AccountOpened x) {
            BooksEvents.write(out, x);
        } else if (event instanceof Events.SessionChanged x) {
            BooksEvents.write(out, x);
        } else {
            return false;
        }
        return true;
    }

    private TapeEvent readOwn(int template, EventHeader h) throws MalformedFrameException {
        return switch (template) {
            case OrderEventDecoder.TEMPLATE_ID -> OrderEvents.readOrder(in, h);
            case TradePrintedDecoder.TEMPLATE_ID -> OrderEvents.readTrade(in, h);
            case VenueReadyDecoder.TEMPLATE_ID -> OrderEvents.readReady(in, h);
            case PostedDecoder.TEMPLATE_ID -> BooksEvents.readPosted(in, h);
            case AccountOpenedDecoder.TEMPLATE_ID -> BooksEvents.readAccountOpened(in, h);
            case SessionChangedDecoder.TEMPLATE_ID -> BooksEvents.readSession(in, h);
            case SettledDecoder.TEMPLATE_ID -> BooksEvents.readSettled(in, h);
            case MarkedDecoder.TEMPLATE_ID -> BooksEvents.readMarked(in, h);
            case TransferPartDecoder.TEMPLATE_ID -> new Events.TransferChanged(h, BooksEvents.readTransfer(in));
            case CommandRefusedDecoder.TEMPLATE_ID -> BooksEvents.readRefused(in, h);
            default -> throw new MalformedFrameException("message " + template + " is no event");
        };
    }

    private TapeEvent readDone(int template, EventHeader h) throws MalformedFrameException {
        return switch (template) {
            case AccessDecoder.TEMPLATE_ID -> RuleEvents.readAccess(in, h);
            case KeyVoidDecoder.TEMPLATE_ID ->
                new Events.KeyRevoked(h, RuleCommands.readKey(in).keyId());
            case InstrumentBodyDecoder.TEMPLATE_ID ->
                new Events.InstrumentChanged(h, RuleCommands.readInstrument(in).instrument());
            case LimitsBodyDecoder.TEMPLATE_ID -> RuleEvents.readLimits(in, h);
            case RestrictionDecoder.TEMPLATE_ID -> RuleEvents.readRestriction(in, h);
            case KillSwitchDecoder.TEMPLATE_ID -> RuleEvents.readKillSwitch(in, h);
            case RequiredRulesDecoder.TEMPLATE_ID ->
                new Events.RequiredRulesChanged(h, RuleCommands.readRules(in).rules());
            case PolicyDecoder.TEMPLATE_ID ->
                new Events.PolicyActivated(h, RuleCommands.readPolicy(in).policy());
            case ModuleProgressDecoder.TEMPLATE_ID -> RuleEvents.readProgress(in, h);
            case MachineVersionDecoder.TEMPLATE_ID ->
                new Events.MachineVersionActivated(
                        h, RuleCommands.readMachineVersion(in).version());
            case NoteDecoder.TEMPLATE_ID -> RuleEvents.readNote(in, h);
            case VenueDecoder.TEMPLATE_ID -> RuleEvents.readVenue(in, h);
            default -> throw new MalformedFrameException("message " + template + " is no event");
        };
    }
}
