package org.hmsach.core.internal.codec;

import java.util.ArrayList;
import java.util.List;
import org.hmsach.api.command.Commands;
import org.hmsach.api.identity.Role;
import org.hmsach.api.instrument.InstrumentStatus;
import org.hmsach.api.order.OrderState;
import org.hmsach.api.order.OrderType;
import org.hmsach.api.order.Side;
import org.hmsach.api.order.TimeInForce;
import org.hmsach.api.refusal.Reason;
import org.hmsach.api.tape.Events;
import org.hmsach.api.transfer.Direction;
import org.hmsach.api.transfer.TransferState;
import org.hmsach.core.internal.sbe.WireDirection;
import org.hmsach.core.internal.sbe.WireInstrumentStatus;
import org.hmsach.core.internal.sbe.WireOrderEventKind;
import org.hmsach.core.internal.sbe.WireOrderState;
import org.hmsach.core.internal.sbe.WireOrderType;
import org.hmsach.core.internal.sbe.WirePostingKind;
import org.hmsach.core.internal.sbe.WireReason;
import org.hmsach.core.internal.sbe.WireRole;
import org.hmsach.core.internal.sbe.WireSide;
import org.hmsach.core.internal.sbe.WireTimeInForce;
import org.hmsach.core.internal.sbe.WireTransferState;
import org.hmsach.core.internal.sbe.WireVenueAnswer;

/**
 * Own constants and those of the wire that have the same names, translated by a table: names are compared once and not
 * with every frame.
 */
final class Twins<A extends Enum<A>, W extends Enum<W>> {
    static final Twins<Side, WireSide> SIDES = new Twins<>(Side.class, WireSide.class);
    static final Twins<OrderType, WireOrderType> ORDER_TYPES = new Twins<>(OrderType.class, WireOrderType.class);
    static final Twins<TimeInForce, WireTimeInForce> TIMES_IN_FORCE =
            new Twins<>(TimeInForce.class, WireTimeInForce.class);
    static final Twins<OrderState, WireOrderState> ORDER_STATES = new Twins<>(OrderState.class, WireOrderState.class);
    static final Twins<Events.OrderEventKind, WireOrderEventKind> ORDER_EVENTS =
            new Twins<>(Events.OrderEventKind.class, WireOrderEventKind.class);
    static final Twins<Events.PostingKind, WirePostingKind> POSTINGS =
            new Twins<>(Events.PostingKind.class, WirePostingKind.class);
    static final Twins<Reason, WireReason> REASONS = new Twins<>(Reason.class, WireReason.class);
    static final Twins<Commands.VenueAnswer, WireVenueAnswer> VENUE_ANSWERS =
            new Twins<>(Commands.VenueAnswer.class, WireVenueAnswer.class);
    static final Twins<Direction, WireDirection> DIRECTIONS = new Twins<>(Direction.class, WireDirection.class);
    static final Twins<TransferState, WireTransferState> TRANSFER_STATES =
            new Twins<>(TransferState.class, WireTransferState.class);
    static final Twins<Role, WireRole> ROLES = new Twins<>(Role.class, WireRole.class);
    static final Twins<InstrumentStatus, WireInstrumentStatus> INSTRUMENT_STATES =
            new Twins<>(InstrumentStatus.class, WireInstrumentStatus.class);

    private final Class<A> own;
    private final Class<W> wire;
    private final List<W> wires;
    private final List<A> owns;

    private Twins(Class<A> own, Class<W> wire) {
        this.own = own;
        this.wire = wire;
        this.wires = twins(own, wire);
        this.owns = twins(wire, own);
    }

    /** By the ordinal of the one its twin; null where it has none. */
    private static <F extends Enum<F>, T extends Enum<T>> List<T> twins(Class<F> from, Class<T> to) {
        List<T> twins = new ArrayList<>();
        for (F constant : from.getEnumConstants()) {
            T twin = null;
            for (T other : to.getEnumConstants()) {
                twin = other.name().equals(constant.name()) ? other : twin;
            }
            twins.add(twin);
        }
        return twins;
    }

    /** @throws IllegalArgumentException when the wire has no such constant */
    W wire(A constant) {
        W twin = wires.get(constant.ordinal());
        return twin == null ? Enum.valueOf(wire, constant.name()) : twin;
    }

    /** @throws IllegalArgumentException when we have no such constant */
    A own(W constant) {
        A twin = owns.get(constant.ordinal());
        return twin == null ? Enum.valueOf(own, constant.name()) : twin;
    }
}
