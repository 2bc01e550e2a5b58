package org.hmsach.core.internal.sim;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.hmsach.api.command.Command;
import org.hmsach.api.command.Commands;
import org.hmsach.api.command.Origin;
import org.hmsach.api.identity.Role;
import org.hmsach.api.instrument.InstrumentStatus;
import org.hmsach.api.money.Currency;
import org.hmsach.api.rule.Limits;
import org.hmsach.api.rule.PolicyVersion;
import org.hmsach.core.internal.codec.VersionActivation;
import org.hmsach.core.internal.machine.MachineView;
import org.hmsach.core.internal.machine.RuleBook;

/** People who run the organisation: dates, limits, halts, access; they also undo what stops everybody. */
final class Operator implements Actor {
    private static final UUID PERSON = new UUID(2, 2);
    private static final Limits WIDE = new Limits(1_000_000_00L, 100_000 * Town.ONE, 200, 10_000, 10_000, 0);

    private final World world;
    private final Town town;
    private final Chance chance;
    private int keys;

    Operator(World world, Town town, Chance chance) {
        this.world = world;
        this.town = town;
        this.chance = chance;
    }

    @Override
    public void step() {
        int dice = chance.below(100);
        if (dice < 25) {
            date();
        } else if (dice < 60) {
            repair();
        } else {
            rule();
        }
    }

    private void send(Command command) {
        Optional<String> key = chance.oneIn(3) ? Optional.of("o" + keys) : Optional.empty();
        keys += chance.oneIn(4) ? 0 : 1;
        world.submit(command, new Origin(PERSON, "gateway", "operator", key));
    }

    private void date() {
        MachineView machine = world.machine();
        LocalDate today = machine.businessDate().orElse(LocalDate.of(2026, 1, 1));
        if (machine.sessionOpen() && today.isBefore(LocalDate.MAX.minusDays(10))) {
            send(new Commands.CloseSession(today));
        }
        send(new Commands.OpenBusinessDate(today.plusDays(1), today.plusDays(2)));
    }

    /** A stop that stays would leave nothing to see. */
    private void repair() {
        RuleBook book = world.machine().ruleBook();
        if (book.killSwitch()) {
            send(new Commands.SetKillSwitch(Optional.empty(), false));
        }
        book.blockedAccounts().forEach(a -> send(new Commands.SetKillSwitch(Optional.of(a), false)));
        book.restricted().forEach(s -> send(new Commands.SetRestriction(Optional.empty(), s, false)));
        book.accountRestricted()
                .forEach((a, symbols) ->
                        symbols.forEach(s -> send(new Commands.SetRestriction(Optional.of(a), s, false))));
        book.instruments().values().stream()
                .filter(i -> i.status() != InstrumentStatus.ACTIVE)
                .forEach(i -> send(new Commands.SetInstrumentStatus(i.symbol(), InstrumentStatus.ACTIVE)));
        if (!book.requiredRules().equals(List.of(Investor.RULE))) {
            send(new Commands.SetRequiredRules(List.of(Investor.RULE), false));
        }
        if (!book.commonLimits().equals(WIDE)) {
            send(new Commands.SetLimits(Optional.empty(), WIDE));
        }
        book.accountLimits().forEach((a, limits) -> {
            if (!limits.equals(WIDE)) {
                send(new Commands.SetLimits(Optional.of(a), WIDE));
            }
        });
        for (Town.Person person : town.people) {
            for (UUID account : person.accounts()) {
                Role role = world.machine().access(account).get(person.id());
                if (role != Role.INVESTOR && role != Role.TRADER) {
                    send(new Commands.GrantAccess(person.id(), account, Role.TRADER));
                }
            }
        }
    }

    private void rule() {
        UUID account = chance.of(town.accounts);
        Optional<UUID> whose = chance.oneIn(2) ? Optional.of(account) : Optional.empty();
        String symbol = chance.of(Town.DOLLAR_SYMBOLS);
        send(
                switch (chance.below(14)) {
                    case 0 -> new Commands.SetLimits(whose, tight());
                    case 1 -> new Commands.SetRestriction(whose, symbol, true);
                    case 2 -> new Commands.SetKillSwitch(whose, true);
                    case 3 ->
                        new Commands.SetInstrumentStatus(
                                symbol, chance.of(InstrumentStatus.HALTED, InstrumentStatus.INACTIVE));
                    case 4 -> new Commands.SetRequiredRules(List.of(), chance.oneIn(2));
                    case 5 -> new Commands.SetRequiredRules(List.of(Investor.RULE, "gov.session"), false);
                    case 6 -> new Commands.ActivatePolicy(new PolicyVersion("gov.collar", "v" + keys, "ab".repeat(32)));
                    case 7 -> new Commands.RevokeKey("key" + chance.below(9));
                    case 8 -> new Commands.GrantAccess(chance.of(town.people).id(), account, chance.of(Role.values()));
                    case 9 -> new Commands.RevokeAccess(chance.of(town.people).id(), account);
                    case 10 -> new Commands.RecordNote("note", Map.of("by", "somebody"));
                    case 11 -> new Commands.OpenAccount(chance.of(Currency.USD, Town.YEN));
                    case 12 -> new Commands.ActivateMachineVersion(chance.below(4));
                    default -> new VersionActivation(chance.below(4), 2);
                });
    }

    private Limits tight() {
        return new Limits(
                chance.between(1, 800_00),
                chance.between(1, 60) * Town.ONE,
                chance.between(1, 20),
                chance.between(1, 30),
                chance.between(1, 60_000),
                chance.of(0L, 500L, 20_000L));
    }
}
