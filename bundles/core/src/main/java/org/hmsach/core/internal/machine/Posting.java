package org.hmsach.core.internal.machine;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.hmsach.api.tape.Events;

/** Legs of one posting in the making. Legs of nothing are left out. */
final class Posting {
    static final String CASH_SETTLED = "cash.settled";
    static final String CASH_UNSETTLED = "cash.unsettled";
    static final String POSITION_SETTLED = "position.settled";
    static final String POSITION_UNSETTLED = "position.unsettled";
    static final String STREET = "house.street";
    static final String BANK = "house.bank";
    static final String CUSTODY = "house.custody";
    static final String FEES = "house.fees";
    static final String BREAK = "house.break";

    final Events.PostingKind kind;
    final UUID subject;
    final String detail;
    final List<Events.Leg> legs = new ArrayList<>(8);

    Posting(Events.PostingKind kind, UUID subject, String detail) {
        this.kind = kind;
        this.subject = subject;
        this.detail = detail;
    }

    Posting cash(String ledgerAccount, AccountState account, long amountMinor) {
        return leg(new Events.Leg(ledgerAccount, Optional.of(account.id), account.currency.code(), amountMinor));
    }

    Posting position(String ledgerAccount, AccountState account, String symbol, long qtyE8) {
        return leg(new Events.Leg(ledgerAccount, Optional.of(account.id), symbol, qtyE8));
    }

    Posting house(String ledgerAccount, String asset, long amount) {
        return leg(new Events.Leg(ledgerAccount, Optional.empty(), asset, amount));
    }

    private Posting leg(Events.Leg leg) {
        if (leg.amount() != 0) {
            legs.add(leg);
        }
        return this;
    }
}
