package org.hmsach.core.internal.codec;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.hmsach.api.command.Command;
import org.hmsach.api.command.Commands;
import org.hmsach.api.identity.Role;
import org.hmsach.api.instrument.Instrument;
import org.hmsach.api.instrument.InstrumentStatus;
import org.hmsach.api.money.Currency;
import org.hmsach.api.rule.Limits;
import org.hmsach.api.rule.PolicyVersion;
import org.hmsach.core.internal.sbe.*;

/** Master data, rules and bookkeeping. The events that say "done" are written with the same words. */
final class RuleCommands {
    private RuleCommands() {}

    static void writeAccess(Out out, UUID principal, UUID account, Optional<Role> role) {
        AccessEncoder e = out.begin(new AccessEncoder());
        Words.put(e.principal(), principal);
        Words.put(e.account(), account);
        e.hasRole(Words.flag(role.isPresent()))
                .role(role.map(r -> Twins.ROLES.wire(r)).orElse(WireRole.INVESTOR));
        out.end(e);
    }

    static Command readAccess(In in) throws MalformedFrameException {
        AccessDecoder d = in.begin(new AccessDecoder());
        in.end(d);
        UUID principal = Words.uuid(d.principal());
        UUID account = Words.uuid(d.account());
        return Words.flag(d.hasRole())
                ? new Commands.GrantAccess(principal, account, Twins.ROLES.own(d.role()))
                : new Commands.RevokeAccess(principal, account);
    }

    static void write(Out out, Commands.RevokeKey c) {
        KeyVoidEncoder e = out.begin(new KeyVoidEncoder());
        e.keyId(c.keyId());
        out.end(e);
    }

    static Commands.RevokeKey readKey(In in) throws MalformedFrameException {
        KeyVoidDecoder d = in.begin(new KeyVoidDecoder());
        Commands.RevokeKey c = new Commands.RevokeKey(d.keyId());
        in.end(d);
        return c;
    }

    static void write(Out out, Commands.DefineInstrument c) {
        Instrument i = c.instrument();
        InstrumentBodyEncoder e = out.begin(new InstrumentBodyEncoder());
        e.tickE8(i.tickE8())
                .lotE8(i.lotE8())
                .status(Twins.INSTRUMENT_STATES.wire(i.status()))
                .digits((short) i.currency().digits())
                .symbol(i.symbol())
                .currency(i.currency().code())
                .venue(i.venue());
        out.end(e);
    }

    static Commands.DefineInstrument readInstrument(In in) throws MalformedFrameException {
        InstrumentBodyDecoder d = in.begin(new InstrumentBodyDecoder());
        String symbol = d.symbol();
        Currency currency = new Currency(d.currency(), d.digits());
        String venue = d.venue();
        in.end(d);
        InstrumentStatus status = Twins.INSTRUMENT_STATES.own(d.status());
        return new Commands.DefineInstrument(new Instrument(symbol, currency, d.tickE8(), d.lotE8(), status, venue));
    }

    static void write(Out out, Commands.SetInstrumentStatus c) {
        InstrumentStateEncoder e = out.begin(new InstrumentStateEncoder());
        e.status(Twins.INSTRUMENT_STATES.wire(c.status())).symbol(c.symbol());
        out.end(e);
    }

    static Commands.SetInstrumentStatus readInstrumentStatus(In in) throws MalformedFrameException {
        InstrumentStateDecoder d = in.begin(new InstrumentStateDecoder());
        InstrumentStatus status = Twins.INSTRUMENT_STATES.own(d.status());
        Commands.SetInstrumentStatus c = new Commands.SetInstrumentStatus(d.symbol(), status);
        in.end(d);
        return c;
    }

    static void write(Out out, Commands.SetLimits c) {
        LimitsBodyEncoder e = out.begin(new LimitsBodyEncoder());
        Words.put(e.account(), c.account());
        Limits l = c.limits();
        e.maxOrderNotionalMinor(l.maxOrderNotionalMinor())
                .maxOrderQtyE8(l.maxOrderQtyE8())
                .maxOpenOrders(l.maxOpenOrders())
                .maxOrdersPerWindow(l.maxOrdersPerWindow())
                .windowMs(l.windowMs())
                .duplicateWindowMs(l.duplicateWindowMs());
        out.end(e);
    }

    static Commands.SetLimits readLimits(In in) throws MalformedFrameException {
        LimitsBodyDecoder d = in.begin(new LimitsBodyDecoder());
        in.end(d);
        Limits limits = new Limits(
                d.maxOrderNotionalMinor(),
                d.maxOrderQtyE8(),
                d.maxOpenOrders(),
                d.maxOrdersPerWindow(),
                d.windowMs(),
                d.duplicateWindowMs());
        return new Commands.SetLimits(Words.uuid(d.account()), limits);
    }

    static void write(Out out, Commands.SetRestriction c) {
        RestrictionEncoder e = out.begin(new RestrictionEncoder());
        Words.put(e.account(), c.account());
        e.on(Words.flag(c.restricted())).symbol(c.symbol());
        out.end(e);
    }

    static Commands.SetRestriction readRestriction(In in) throws MalformedFrameException {
        RestrictionDecoder d = in.begin(new RestrictionDecoder());
        String symbol = d.symbol();
        in.end(d);
        return new Commands.SetRestriction(Words.uuid(d.account()), symbol, Words.flag(d.on()));
    }

    static void write(Out out, Commands.SetKillSwitch c) {
        KillSwitchEncoder e = out.begin(new KillSwitchEncoder());
        Words.put(e.account(), c.account());
        e.on(Words.flag(c.on()));
        out.end(e);
    }

    static Commands.SetKillSwitch readKillSwitch(In in) throws MalformedFrameException {
        KillSwitchDecoder d = in.begin(new KillSwitchDecoder());
        in.end(d);
        return new Commands.SetKillSwitch(Words.uuid(d.account()), Words.flag(d.on()));
    }

    static void write(Out out, Commands.SetRequiredRules c) {
        RequiredRulesEncoder e = out.begin(new RequiredRulesEncoder());
        e.allowEmpty(Words.flag(c.allowEmpty()));
        RequiredRulesEncoder.RulesEncoder group = e.rulesCount(c.rules().size());
        c.rules().forEach(rule -> group.next().rule(rule));
        out.end(e);
    }

    static Commands.SetRequiredRules readRules(In in) throws MalformedFrameException {
        RequiredRulesDecoder d = in.begin(new RequiredRulesDecoder());
        List<String> rules = new ArrayList<>();
        for (RequiredRulesDecoder.RulesDecoder r : d.rules()) {
            rules.add(r.rule());
        }
        in.end(d);
        return new Commands.SetRequiredRules(rules, Words.flag(d.allowEmpty()));
    }

    static void write(Out out, Commands.ActivatePolicy c) {
        PolicyEncoder e = out.begin(new PolicyEncoder());
        PolicyVersion p = c.policy();
        e.policyId(p.id()).policyVersion(p.version()).digest(p.digest());
        out.end(e);
    }

    static Commands.ActivatePolicy readPolicy(In in) throws MalformedFrameException {
        PolicyDecoder d = in.begin(new PolicyDecoder());
        PolicyVersion policy = new PolicyVersion(d.policyId(), d.policyVersion(), d.digest());
        in.end(d);
        return new Commands.ActivatePolicy(policy);
    }

    static void write(Out out, Commands.Progress c) {
        ModuleProgressEncoder e = out.begin(new ModuleProgressEncoder());
        e.entry(c.entry()).module(c.module());
        out.end(e);
    }

    static Commands.Progress readProgress(In in) throws MalformedFrameException {
        ModuleProgressDecoder d = in.begin(new ModuleProgressDecoder());
        Commands.Progress c = new Commands.Progress(d.module(), d.entry());
        in.end(d);
        return c;
    }

    static void write(Out out, Commands.ActivateMachineVersion c) {
        MachineVersionEncoder e = out.begin(new MachineVersionEncoder());
        e.version(c.version());
        out.end(e);
    }

    static Commands.ActivateMachineVersion readMachineVersion(In in) throws MalformedFrameException {
        MachineVersionDecoder d = in.begin(new MachineVersionDecoder());
        in.end(d);
        return new Commands.ActivateMachineVersion(d.version());
    }

    static void write(Out out, VersionActivation c) {
        VersionStepEncoder e = out.begin(new VersionStepEncoder());
        e.version(c.version()).known(c.known());
        out.end(e);
    }

    static VersionActivation readVersionActivation(In in) throws MalformedFrameException {
        VersionStepDecoder d = in.begin(new VersionStepDecoder());
        in.end(d);
        return new VersionActivation(d.version(), d.known());
    }

    static void write(Out out, Commands.RecordNote c) {
        NoteEncoder e = out.begin(new NoteEncoder());
        NoteEncoder.PairsEncoder group = e.pairsCount(c.values().size());
        c.values().forEach((name, value) -> group.next().name(name).value(value));
        e.topic(c.topic());
        out.end(e);
    }

    static Commands.RecordNote readNote(In in) throws MalformedFrameException {
        NoteDecoder d = in.begin(new NoteDecoder());
        Map<String, String> values = new TreeMap<>();
        for (NoteDecoder.PairsDecoder p : d.pairs()) {
            values.put(p.name(), p.value());
        }
        Commands.RecordNote c = new Commands.RecordNote(d.topic(), values);
        in.end(d);
        return c;
    }

    static void write(Out out, Genesis c) {
        GenesisBodyEncoder e = out.begin(new GenesisBodyEncoder());
        e.clusterId(c.clusterId()).version(c.machineVersion());
        out.end(e);
    }

    static Genesis readGenesis(In in) throws MalformedFrameException {
        GenesisBodyDecoder d = in.begin(new GenesisBodyDecoder());
        in.end(d);
        return new Genesis(d.clusterId(), d.version());
    }
}
