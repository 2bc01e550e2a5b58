package org.hmsach.core.internal.codec;

import java.util.Optional;
import java.util.UUID;
import org.hmsach.api.command.Command;
import org.hmsach.api.command.Commands;
import org.hmsach.api.identity.Role;
import org.hmsach.api.tape.EventHeader;
import org.hmsach.api.tape.Events;
import org.hmsach.api.tape.TapeEvent;
import org.hmsach.api.tape.TapeListener;

/** Events that say that a command about rules or bookkeeping is done: written with the command's own words. */
final class RuleEvents implements TapeListener {
    private final Out out;
    private boolean written;

    RuleEvents(Out out) {
        this.out = out;
    }

    boolean write(TapeEvent event) {
        written = false;
        event.deliver(this);
        return written;
    }

    @Override
    public void onAccess(Events.AccessChanged x) {
        RuleCommands.writeAccess(out, x.principal(), x.account(), x.role());
        written = true;
    }

    @Override
    public void onKeyRevoked(Events.KeyRevoked x) {
        RuleCommands.write(out, new Commands.RevokeKey(x.keyId()));
        written = true;
    }

    @Override
    public void onInstrument(Events.InstrumentChanged x) {
        RuleCommands.write(out, new Commands.DefineInstrument(x.instrument()));
        written = true;
    }

    @Override
    public void onLimits(Events.LimitsChanged x) {
        RuleCommands.write(out, new Commands.SetLimits(x.account(), x.limits()));
        written = true;
    }

    @Override
    public void onRestriction(Events.RestrictionChanged x) {
        RuleCommands.write(out, new Commands.SetRestriction(x.account(), x.symbol(), x.restricted()));
        written = true;
    }

    @Override
    public void onKillSwitch(Events.KillSwitchChanged x) {
        RuleCommands.write(out, new Commands.SetKillSwitch(x.account(), x.on()));
        written = true;
    }

    @Override
    public void onRequiredRules(Events.RequiredRulesChanged x) {
        RuleCommands.write(out, new Commands.SetRequiredRules(x.rules(), true));
        written = true;
    }

    @Override
    public void onPolicy(Events.PolicyActivated x) {
        RuleCommands.write(out, new Commands.ActivatePolicy(x.policy()));
        written = true;
    }

    @Override
    public void onProgress(Events.Progressed x) {
        RuleCommands.write(out, new Commands.Progress(x.module(), x.entry()));
        written = true;
    }

    @Override
    public void onMachineVersion(Events.MachineVersionActivated x) {
        RuleCommands.write(out, new Commands.ActivateMachineVersion(x.version()));
        written = true;
    }

    @Override
    public void onNote(Events.Noted x) {
        RuleCommands.write(out, new Commands.RecordNote(x.topic(), x.values()));
        written = true;
    }

    @Override
    public void onVenueOpened(Events.VenueOpened x) {
        OrderCommands.write(out, new Commands.OpenVenue(x.venue(), x.internal()));
        written = true;
    }

    static TapeEvent readAccess(In in, EventHeader h) throws MalformedFrameException {
        Command c = RuleCommands.readAccess(in);
        if (c instanceof Commands.GrantAccess g) {
            return access(h, g.principal(), g.account(), Optional.of(g.role()));
        }
        Commands.RevokeAccess r = (Commands.RevokeAccess) c;
        return access(h, r.principal(), r.account(), Optional.empty());
    }

    private static TapeEvent access(EventHeader h, UUID principal, UUID account, Optional<Role> role) {
        return new Events.AccessChanged(h, principal, account, role);
    }

    static TapeEvent readLimits(In in, EventHeader h) throws MalformedFrameException {
        Commands.SetLimits c = RuleCommands.readLimits(in);
        return new Events.LimitsChanged(h, c.account(), c.limits());
    }

    static TapeEvent readRestriction(In in, EventHeader h) throws MalformedFrameException {
        Commands.SetRestriction c = RuleCommands.readRestriction(in);
        return new Events.RestrictionChanged(h, c.account(), c.symbol(), c.restricted());
    }

    static TapeEvent readKillSwitch(In in, EventHeader h) throws MalformedFrameException {
        Commands.SetKillSwitch c = RuleCommands.readKillSwitch(in);
        return new Events.KillSwitchChanged(h, c.account(), c.on());
    }

    static TapeEvent readProgress(In in, EventHeader h) throws MalformedFrameException {
        Commands.Progress c = RuleCommands.readProgress(in);
        return new Events.Progressed(h, c.module(), c.entry());
    }

    static TapeEvent readNote(In in, EventHeader h) throws MalformedFrameException {
        Commands.RecordNote c = RuleCommands.readNote(in);
        return new Events.Noted(h, c.topic(), c.values());
    }

    static TapeEvent readVenue(In in, EventHeader h) throws MalformedFrameException {
        Commands.OpenVenue c = OrderCommands.readVenue(in);
        return new Events.VenueOpened(h, c.venue(), c.internal());
    }
}
