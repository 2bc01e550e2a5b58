package org.hmsach.gateway.internal.stream;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.hmsach.api.account.Account;
import org.hmsach.api.portfolio.Portfolio;
import org.hmsach.api.rule.ReferencePrice;
import org.hmsach.gateway.internal.trading.Valuation;

/**
 * Portfolios at each beat: one is valued and encoded once for all who look at it, and only when its account or a mark
 * has changed. For the one thread of the beats.
 */
final class Portfolios {
    private final Portfolio portfolio;
    private final Valuation valuation;
    private final Messages messages;
    private Map<UUID, Shown> before = new HashMap<>();
    private Map<UUID, Shown> now = new HashMap<>();

    /** All that the text is made of. */
    private record Ground(
            Account account, List<Optional<ReferencePrice>> marks, Optional<LocalDate> date, boolean killSwitch) {}

    private record Shown(Ground ground, Message message) {}

    Portfolios(Portfolio portfolio, Valuation valuation, Messages messages) {
        this.portfolio = portfolio;
        this.valuation = valuation;
        this.messages = messages;
    }

    /** The next beat begins; what nobody asked for in the last one is forgotten. */
    void nextBeat() {
        before = now;
        now = new HashMap<>();
    }

    /** The account's portfolio; the same object as long as its text is the same. */
    Optional<Message> of(UUID account) {
        Shown known = now.get(account);
        if (known == null) {
            Optional<Shown> shown = portfolio.account(account).map(this::show);
            shown.ifPresent(s -> now.put(account, s));
            return shown.map(Shown::message);
        }
        return Optional.of(known.message());
    }

    private Shown show(Account account) {
        Ground ground = new Ground(account, valuation.marks(account), portfolio.businessDate(), portfolio.killSwitch());
        Shown last = before.get(account.id());
        if (last != null && last.ground().equals(ground)) {
            return last;
        }
        Message message = messages.portfolio(account);
        return last != null && last.message().equals(message)
                ? new Shown(ground, last.message())
                : new Shown(ground, message);
    }
}
