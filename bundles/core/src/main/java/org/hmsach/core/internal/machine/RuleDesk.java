package org.hmsach.core.internal.machine;

import java.util.HashSet;
import java.util.Optional;
import java.util.UUID;
import org.hmsach.api.command.Command;
import org.hmsach.api.command.Commands;
import org.hmsach.api.command.Origin;
import org.hmsach.api.id.HmsId;
import org.hmsach.api.id.Shape;
import org.hmsach.api.identity.Role;
import org.hmsach.api.instrument.Instrument;
import org.hmsach.api.money.Currency;
import org.hmsach.api.refusal.Reason;
import org.hmsach.api.refusal.Refused;
import org.hmsach.api.rule.PolicyVersion;
import org.hmsach.api.rule.Verdict;
import org.hmsach.api.tape.Events;
import org.hmsach.api.tape.TapeEvent;

/** Accounts, access, instruments, limits, restrictions, required rules and policies. */
final class RuleDesk {
    private static final int MAX_REQUIRED_RULES = 100;

    private final State state;
    private final Rules rules;

    RuleDesk(State state) {
        this.state = state;
        this.rules = state.rules;
    }

    /** The answer, when the command is of this desk. */
    Optional<Answer> handle(Command command) {
        Answer answer;
        if (command instanceof Commands.OpenAccount c) {
            answer = openAccount(c);
        } else if (command instanceof Commands.GrantAccess c) {
            answer = grant(c);
        } else if (command instanceof Commands.RevokeAccess c) {
            answer = revoke(c);
        } else if (command instanceof Commands.RevokeKey c) {
            answer = revokeKey(c);
        } else if (command instanceof Commands.DefineInstrument c) {
            answer = define(c.instrument());
        } else if (command instanceof Commands.SetInstrumentStatus c) {
            answer = status(c);
        } else if (command instanceof Commands.SetLimits c) {
            answer = limits(c);
        } else if (command instanceof Commands.SetRestriction c) {
            answer = restrict(c);
        } else if (command instanceof Commands.SetKillSwitch c) {
            answer = killSwitch(c);
        } else if (command instanceof Commands.SetRequiredRules c) {
            answer = requiredRules(c);
        } else if (command instanceof Commands.ActivatePolicy c) {
            answer = policy(c.policy());
        } else {
            return Optional.empty();
        }
        return Optional.of(answer);
    }

    private Answer openAccount(Commands.OpenAccount c) {
        String code = c.currency().code();
        Currency known = state.accounts.currency(code).orElse(c.currency());
        if (!known.equals(c.currency()) || rules.instruments.containsKey(code)) {
            return Shapes.invalid("currency", code + " has other digits in other accounts, or is a symbol");
        }
        AccountState a = new AccountState(state.time.entry(), state.newId(), c.currency(), state.time.timeMs());
        state.accounts.add(a);
        state.changes.account(a);
        state.emitter.emit(new Events.AccountOpened(state.emitter.header(), a.id, c.currency()));
        return Answer.done(a.id);
    }

    private Answer grant(Commands.GrantAccess c) {
        Optional<AccountState> account = state.accounts.find(c.account());
        if (account.isEmpty()) {
            return unknownAccount(c.account());
        }
        if (c.role() == Role.ADMIN || c.principal().equals(Origin.NOBODY)) {
            return Shapes.invalid("role", "access is granted to a person as investor, trader, operator or compliance");
        }
        rules.access.grant(account.get().id, c.principal(), c.role());
        return access(
                account.get(),
                new Events.AccessChanged(state.emitter.header(), c.principal(), c.account(), Optional.of(c.role())));
    }

    private Answer revoke(Commands.RevokeAccess c) {
        if (!rules.access.revoke(c.account(), c.principal())) {
            return Shapes.notFound("access", "the person has no access to account " + c.account());
        }
        return access(
                state.accounts.get(HmsId.entry(c.account())),
                new Events.AccessChanged(state.emitter.header(), c.principal(), c.account(), Optional.empty()));
    }

    private Answer revokeKey(Commands.RevokeKey c) {
        if (!Shape.isPrintable(c.keyId(), 64)) {
            return Shapes.invalid("key_id", "the key id is not 1 to 64 printable ASCII characters");
        }
        if (!rules.revokedKeys.add(c.keyId())) {
            return new Answer(Optional.empty(), true, Optional.empty());
        }
        return changed(new Events.KeyRevoked(state.emitter.header(), c.keyId()));
    }

    private Answer define(Instrument i) {
        Instrument old = rules.instruments.get(i.symbol());
        if (i.equals(old)) {
            return new Answer(Optional.empty(), true, Optional.empty());
        }
        if (state.accounts.currency(i.symbol()).isPresent()) {
            return Shapes.invalid("symbol", i.symbol() + " is the currency of accounts");
        }
        if (old != null && !old.currency().equals(i.currency())) {
            return Shapes.invalid(
                    "currency", i.symbol() + " trades in " + old.currency().code() + " for good");
        }
        rules.instruments.put(i.symbol(), i);
        return changed(new Events.InstrumentChanged(state.emitter.header(), i));
    }

    private Answer status(Commands.SetInstrumentStatus c) {
        Instrument old = rules.instruments.get(c.symbol());
        if (old == null) {
            return unknownSymbol(c.symbol());
        }
        return define(new Instrument(old.symbol(), old.currency(), old.tickE8(), old.lotE8(), c.status(), old.venue()));
    }

    private Answer limits(Commands.SetLimits c) {
        if (isUnknown(c.account())) {
            return unknownAccount(c.account().get());
        }
        c.account().ifPresentOrElse(a -> rules.accountLimits.put(a, c.limits()), () -> rules.commonLimits = c.limits());
        return changed(new Events.LimitsChanged(state.emitter.header(), c.account(), c.limits()));
    }

    private Answer restrict(Commands.SetRestriction c) {
        if (isUnknown(c.account())) {
            return unknownAccount(c.account().get());
        }
        if (!rules.instruments.containsKey(c.symbol())) {
            return unknownSymbol(c.symbol());
        }
        rules.restrict(c.account(), c.symbol(), c.restricted());
        return changed(new Events.RestrictionChanged(state.emitter.header(), c.account(), c.symbol(), c.restricted()));
    }

    private Answer killSwitch(Commands.SetKillSwitch c) {
        if (isUnknown(c.account())) {
            return unknownAccount(c.account().get());
        }
        rules.block(c.account(), c.on());
        c.account().flatMap(state.accounts::find).ifPresent(state.changes::account);
        return changed(new Events.KillSwitchChanged(state.emitter.header(), c.account(), c.on()));
    }

    private Answer requiredRules(Commands.SetRequiredRules c) {
        boolean shaped = c.rules().stream().allMatch(r -> r.matches(Verdict.RULE_PATTERN));
        // the set only compares sizes, it is never walked
        boolean unique = new HashSet<>(c.rules()).size() == c.rules().size();
        if (!shaped || !unique || c.rules().size() > MAX_REQUIRED_RULES) {
            return Shapes.invalid("rules", "rules must be different names, at most " + MAX_REQUIRED_RULES);
        }
        if (c.rules().isEmpty() && !c.allowEmpty()) {
            return Shapes.invalid("rules", "an empty list must be allowed explicitly");
        }
        rules.requiredRules = c.rules();
        rules.requiredRulesSet = true;
        return changed(new Events.RequiredRulesChanged(state.emitter.header(), c.rules()));
    }

    private Answer policy(PolicyVersion p) {
        boolean shaped = p.id().matches(Verdict.RULE_PATTERN)
                && Shapes.hasLength(p.version(), 1, 64)
                && p.digest().matches("[0-9a-f]{64}");
        if (!shaped) {
            return Shapes.invalid("policy", "id, version or digest of the policy is malformed");
        }
        rules.policies.put(p.id(), p);
        return changed(new Events.PolicyActivated(state.emitter.header(), p));
    }

    private boolean isUnknown(Optional<UUID> account) {
        return account.isPresent() && state.accounts.find(account.get()).isEmpty();
    }

    private static Answer unknownAccount(UUID account) {
        return Shapes.notFound("account", "account " + account + " does not exist");
    }

    private static Answer unknownSymbol(String symbol) {
        return Answer.refused(
                Refused.of(Reason.UNKNOWN_SYMBOL, "symbol", "symbol " + Shapes.shown(symbol) + " is unknown"));
    }

    private Answer changed(TapeEvent event) {
        rules.changed();
        state.changes.rules();
        state.emitter.emit(event);
        return Answer.DONE;
    }

    private Answer access(AccountState account, TapeEvent event) {
        state.changes.account(account);
        state.emitter.emit(event);
        return Answer.done(account.id);
    }

    private Answer changed(UUID subject, TapeEvent event) {
        changed(event);
        return Answer.done(subject);
    }
}
