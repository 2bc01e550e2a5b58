package org.hmsach.core.internal.machine;

import java.util.UUID;
import org.hmsach.api.id.HmsId;

/** Everything the machine knows; nothing outside it decides anything. */
final class State {
    final BusinessTime time = new BusinessTime();
    final Changes changes = new Changes();
    final Emitter emitter = new Emitter(time);
    final Accounts accounts = new Accounts();
    final Orders orders = new Orders();
    final Transfers transfers = new Transfers();
    final Ledger ledger = new Ledger(accounts, emitter, changes);
    final Obligations obligations = new Obligations();
    final Venues venues = new Venues();
    final Modules modules = new Modules();
    final IdempotencyKeys keys = new IdempotencyKeys();
    final Rules rules = new Rules();
    long clusterId;
    int version;

    /** Id of what the entry being applied makes. */
    UUID newId() {
        return idOf(time.entry());
    }

    UUID idOf(long entry) {
        return HmsId.of(clusterId, entry, 0);
    }
}
