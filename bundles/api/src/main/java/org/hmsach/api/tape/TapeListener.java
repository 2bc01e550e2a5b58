package org.hmsach.api.tape;

import org.osgi.annotation.versioning.ConsumerType;

/** Receives events of the tape in order, one thread at a time. Override what matters. */
@ConsumerType
public interface TapeListener {
    /** Something happened to an order. */
    default void onOrder(Events.OrderEvent event) {}

    /** A trade print. */
    default void onTrade(Events.TradePrinted event) {}

    /** A balanced posting. */
    default void onPosting(Events.Posted event) {}

    /** An account was opened. */
    default void onAccount(Events.AccountOpened event) {}

    /** Access of a person changed. */
    default void onAccess(Events.AccessChanged event) {}

    /** A key is void. */
    default void onKeyRevoked(Events.KeyRevoked event) {}

    /** An instrument was defined or changed. */
    default void onInstrument(Events.InstrumentChanged event) {}

    /** Limits changed. */
    default void onLimits(Events.LimitsChanged event) {}

    /** The restricted list changed. */
    default void onRestriction(Events.RestrictionChanged event) {}

    /** A kill switch changed. */
    default void onKillSwitch(Events.KillSwitchChanged event) {}

    /** The required rules changed. */
    default void onRequiredRules(Events.RequiredRulesChanged event) {}

    /** A policy version is active. */
    default void onPolicy(Events.PolicyActivated event) {}

    /** A business date was opened or closed. */
    default void onSession(Events.SessionChanged event) {}

    /** A venue was opened. */
    default void onVenueOpened(Events.VenueOpened event) {}

    /** All open orders of a venue's opening were told. */
    default void onVenueReady(Events.VenueReady event) {}

    /** Obligations were settled. */
    default void onSettled(Events.Settled event) {}

    /** A price for valuing was journalled. */
    default void onMark(Events.Marked event) {}

    /** A transfer was made or changed. */
    default void onTransfer(Events.TransferChanged event) {}

    /** A command was refused. */
    default void onRefused(Events.CommandRefused event) {}

    /** A module's bookmark moved. */
    default void onProgress(Events.Progressed event) {}

    /** The machine version changed. */
    default void onMachineVersion(Events.MachineVersionActivated event) {}

    /** A note was journalled. */
    default void onNote(Events.Noted event) {}
}
