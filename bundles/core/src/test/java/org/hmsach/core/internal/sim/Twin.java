package org.hmsach.core.internal.sim;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.hmsach.api.command.Cause;
import org.hmsach.api.command.Command;
import org.hmsach.api.command.Commands;
import org.hmsach.api.command.Origin;
import org.hmsach.api.id.HmsId;
import org.hmsach.api.identity.Role;
import org.hmsach.api.instrument.Instrument;
import org.hmsach.api.refusal.Reason;
import org.hmsach.core.internal.codec.Genesis;
import org.hmsach.core.internal.codec.VersionActivation;

/**
 * The slow, obvious twin of the machine: its money and order rules, written a second time from the design with plain
 * decimals and lists. It shares nothing with the machine but the commands and the records it is compared with.
 */
final class Twin {
    final TwinBooks books = new TwinBooks();
    private final TwinRules rules = books.rules;
    private final TwinOrders orders = new TwinOrders(books);
    private final TwinVenues venues = new TwinVenues(books);
    private final TwinMoney money = new TwinMoney(books);

    TwinAnswer apply(long entry, long timeMs, Sent sent) {
        books.entry = entry;
        books.timeMs = Math.max(books.timeMs, timeMs);
        if (sent.command().isEmpty()) {
            return new TwinAnswer(Optional.empty(), false, Optional.of(TwinAnswer.ANY));
        }
        Command command = sent.command().get();
        boolean order = command instanceof Commands.PlaceOrder || command instanceof Commands.ReplaceOrder;
        if (sent.length() > (order ? 32 * 1024 : 60_000)) {
            return TwinAnswer.no(Reason.INVALID, "command");
        }
        Optional<Cause> cause = cause(command);
        if (cause.isPresent() && cause.get().entry() >= entry) {
            return TwinAnswer.no(Reason.INVALID, "cause");
        }
        if (cause.isPresent() && rules.isTaken(cause.get())) {
            return TwinAnswer.no(Reason.ALREADY_DONE, "cause");
        }
        Optional<String> key = order ? Optional.empty() : sent.origin().idempotencyKey();
        TwinAnswer answer = key.isPresent() ? once(command, sent.origin(), key.get()) : handle(command, sent.origin());
        if (answer.isNew()) {
            cause.ifPresent(rules.causes::add);
        }
        return answer;
    }

    private TwinAnswer once(Command command, Origin origin, String key) {
        for (TwinRules.Key seen : rules.keys) {
            if (seen.principal().equals(origin.principal()) && seen.key().equals(key)) {
                return seen.command().equals(command)
                        ? TwinAnswer.again(seen.answer().subject(), Optional.empty())
                        : TwinAnswer.no(Reason.ID_REUSED, "idempotency_key");
            }
        }
        TwinAnswer answer = handle(command, origin);
        if (answer.refusal().isEmpty()) {
            rules.keys.add(new TwinRules.Key(origin.principal(), key, command, answer, books.dayNumber));
        }
        return answer;
    }

    private static Optional<Cause> cause(Command command) {
        if (command instanceof Commands.UpdateTransfer c) {
            return c.cause();
        }
        List<Object> found = new ArrayList<>();
        if (command instanceof Commands.ReportFill c) {
            found.add(c.cause());
        } else if (command instanceof Commands.ReportTrade c) {
            found.add(c.cause());
        } else if (command instanceof Commands.ReportOrder c) {
            found.add(c.cause());
        } else if (command instanceof Commands.BookFee c) {
            found.add(c.cause());
        } else if (command instanceof Commands.Settle c) {
            found.add(c.cause());
        } else if (command instanceof Commands.RecordMarks c) {
            found.add(c.cause());
        }
        return found.stream().map(Cause.class::cast).findFirst();
    }

    private TwinAnswer handle(Command command, Origin origin) {
        if (books.cluster == 0) {
            return genesis(command);
        }
        if (command instanceof Commands.PlaceOrder c) {
            return orders.place(c, origin);
        } else if (command instanceof Commands.CancelOrder c) {
            return orders.cancel(c, origin);
        } else if (command instanceof Commands.ReplaceOrder c) {
            return orders.replace(c, origin);
        } else if (command instanceof Commands.ReportFill c) {
            return venues.fill(c);
        } else if (command instanceof Commands.ReportTrade c) {
            return venues.trade(c);
        } else if (command instanceof Commands.ReportOrder c) {
            return venues.report(c);
        } else if (command instanceof Commands.OpenVenue c) {
            return venues.open(c);
        } else if (command instanceof Commands.BookFee c) {
            return money.fee(c);
        } else if (command instanceof Commands.Settle c) {
            return money.settle(c);
        } else if (command instanceof Commands.RecordMarks c) {
            return money.marks(c);
        } else if (command instanceof Commands.OpenBusinessDate c) {
            return money.openDate(c);
        } else if (command instanceof Commands.CloseSession c) {
            return money.closeSession(c);
        } else if (command instanceof Commands.RequestTransfer c) {
            return money.transfer(c);
        } else if (command instanceof Commands.UpdateTransfer c) {
            return money.transferStep(c);
        }
        return set(command);
    }

    private TwinAnswer genesis(Command command) {
        if (!(command instanceof Genesis g)) {
            return TwinAnswer.no(Reason.UNSUPPORTED, "genesis");
        }
        books.cluster = g.clusterId();
        books.version = g.machineVersion();
        return TwinAnswer.DONE;
    }

    private TwinAnswer set(Command command) {
        if (command instanceof Commands.OpenAccount c) {
            return openAccount(c);
        } else if (command instanceof Commands.GrantAccess c) {
            return grant(c);
        } else if (command instanceof Commands.RevokeAccess c) {
            boolean had = rules.roles.getOrDefault(c.account(), new HashMap<>()).remove(c.principal()) != null;
            return had ? TwinAnswer.done(c.account()) : TwinAnswer.no(Reason.NOT_FOUND, "access");
        } else if (command instanceof Commands.RevokeKey c) {
            if (!c.keyId().matches("[!-~]{1,64}")) {
                return TwinAnswer.no(Reason.INVALID, "key_id");
            }
            return rules.revokedKeys.add(c.keyId()) ? TwinAnswer.DONE : TwinAnswer.AGAIN;
        } else if (command instanceof Commands.DefineInstrument c) {
            return define(c.instrument());
        } else if (command instanceof Commands.SetInstrumentStatus c) {
            Instrument i = rules.instruments.get(c.symbol());
            return i == null
                    ? TwinAnswer.no(Reason.UNKNOWN_SYMBOL, "symbol")
                    : define(new Instrument(i.symbol(), i.currency(), i.tickE8(), i.lotE8(), c.status(), i.venue()));
        } else if (command instanceof Commands.SetRequiredRules c) {
            return required(c);
        } else if (command instanceof Commands.ActivatePolicy c) {
            boolean shaped = c.policy().id().matches("[a-z0-9_.-]{1,64}")
                    && !c.policy().version().isEmpty()
                    && c.policy().version().length() <= 64
                    && c.policy().digest().matches("[0-9a-f]{64}");
            return shaped ? TwinAnswer.DONE : TwinAnswer.no(Reason.INVALID, "policy");
        }
        return stop(command);
    }

    private TwinAnswer openAccount(Commands.OpenAccount c) {
        boolean clash = rules.instruments.containsKey(c.currency().code());
        for (TwinAccount a : books.accounts) {
            clash |= a.currency.code().equals(c.currency().code())
                    && a.digits() != c.currency().digits();
        }
        if (clash) {
            return TwinAnswer.no(Reason.INVALID, "currency");
        }
        TwinAccount a = new TwinAccount(HmsId.of(books.cluster, books.entry, 0), c.currency(), books.timeMs);
        books.accounts.add(a);
        return TwinAnswer.done(a.id);
    }

    private TwinAnswer grant(Commands.GrantAccess c) {
        if (books.account(c.account()).isEmpty()) {
            return TwinAnswer.no(Reason.NOT_FOUND, "account");
        }
        if (c.role() == Role.ADMIN || c.principal().equals(Origin.NOBODY)) {
            return TwinAnswer.no(Reason.INVALID, "role");
        }
        rules.roles.computeIfAbsent(c.account(), id -> new TreeMap<>()).put(c.principal(), c.role());
        return TwinAnswer.done(c.account());
    }

    private TwinAnswer define(Instrument i) {
        Instrument old = rules.instruments.get(i.symbol());
        if (i.equals(old)) {
            return TwinAnswer.AGAIN;
        }
        if (books.accounts.stream().anyMatch(a -> a.currency.code().equals(i.symbol()))) {
            return TwinAnswer.no(Reason.INVALID, "symbol");
        }
        if (old != null && !old.currency().equals(i.currency())) {
            return TwinAnswer.no(Reason.INVALID, "currency");
        }
        rules.instruments.put(i.symbol(), i);
        return TwinAnswer.DONE;
    }

    private TwinAnswer required(Commands.SetRequiredRules c) {
        boolean shaped = c.rules().stream().allMatch(r -> r.matches("[a-z0-9_.-]{1,64}"));
        boolean twice = new HashSet<>(c.rules()).size() != c.rules().size();
        if (!shaped || twice || c.rules().size() > 100 || (c.rules().isEmpty() && !c.allowEmpty())) {
            return TwinAnswer.no(Reason.INVALID, "rules");
        }
        rules.required = c.rules();
        return TwinAnswer.DONE;
    }

    private TwinAnswer stop(Command command) {
        Optional<java.util.UUID> whose = Optional.empty();
        if (command instanceof Commands.SetLimits c) {
            whose = c.account();
        } else if (command instanceof Commands.SetRestriction c) {
            whose = c.account();
        } else if (command instanceof Commands.SetKillSwitch c) {
            whose = c.account();
        }
        if (whose.isPresent() && books.account(whose.get()).isEmpty()) {
            return TwinAnswer.no(Reason.NOT_FOUND, "account");
        }
        if (command instanceof Commands.SetLimits c) {
            whose.ifPresentOrElse(a -> rules.accountLimits.put(a, c.limits()), () -> rules.limits = c.limits());
            return TwinAnswer.DONE;
        } else if (command instanceof Commands.SetRestriction c) {
            return restrict(c);
        } else if (command instanceof Commands.SetKillSwitch c) {
            if (whose.isEmpty()) {
                rules.allStopped = c.on();
            } else if (c.on()) {
                rules.stopped.add(whose.get());
            } else {
                rules.stopped.remove(whose.get());
            }
            return TwinAnswer.DONE;
        }
        return bookkeeping(command);
    }

    private TwinAnswer restrict(Commands.SetRestriction c) {
        if (!rules.instruments.containsKey(c.symbol())) {
            return TwinAnswer.no(Reason.UNKNOWN_SYMBOL, "symbol");
        }
        TwinRules.Restriction restriction = new TwinRules.Restriction(c.account(), c.symbol());
        rules.restrictions.remove(restriction);
        if (c.restricted()) {
            rules.restrictions.add(restriction);
        }
        return TwinAnswer.DONE;
    }

    private TwinAnswer bookkeeping(Command command) {
        if (command instanceof Commands.Progress c) {
            boolean shaped = c.module().matches("[a-z0-9.-]{1,32}");
            if (!shaped || c.entry() < 0 || c.entry() >= books.entry) {
                return TwinAnswer.no(Reason.INVALID, "progress");
            }
            if (c.entry() <= rules.bookmarks.getOrDefault(c.module(), -1L)) {
                return TwinAnswer.AGAIN;
            }
            rules.moveBookmark(c.module(), c.entry());
            if (c.module().equals("mfe.books")) {
                // the module moves on when it comes to the next fill: that one's order has all its fees, too
                books.feesFinishedUntil(c.entry() + 1);
            }
            return TwinAnswer.DONE;
        } else if (command instanceof Commands.RecordNote c) {
            boolean shaped = isText(c.topic(), 1, 64) && c.values().size() <= 16;
            shaped &= c.values().keySet().stream().allMatch(k -> isText(k, 1, 64));
            shaped &= c.values().values().stream().allMatch(v -> isText(v, 0, 200));
            return shaped ? TwinAnswer.DONE : TwinAnswer.no(Reason.INVALID, "note");
        } else if (command instanceof Commands.ActivateMachineVersion c) {
            return version(c.version(), 1);
        } else if (command instanceof VersionActivation c) {
            return version(c.version(), c.known());
        } else if (command instanceof Genesis) {
            return TwinAnswer.no(Reason.ALREADY_DONE, "genesis");
        }
        throw new IllegalStateException("the twin does not know " + command);
    }

    private TwinAnswer version(int version, int known) {
        if (version > known) {
            return TwinAnswer.no(Reason.UNSUPPORTED, "version");
        }
        if (version < books.version) {
            return TwinAnswer.no(Reason.INVALID, "version");
        }
        TwinAnswer answer = version == books.version ? TwinAnswer.AGAIN : TwinAnswer.DONE;
        books.version = version;
        return answer;
    }

    private static boolean isText(String text, int min, int max) {
        return text.length() >= min && text.length() <= max;
    }
}
