package org.hmsach.api.portfolio;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;
import org.hmsach.api.account.Account;
import org.hmsach.api.command.Commands;
import org.hmsach.api.identity.Role;
import org.hmsach.api.instrument.Instrument;
import org.hmsach.api.order.Order;
import org.hmsach.api.rule.Limits;
import org.hmsach.api.rule.PolicyVersion;
import org.hmsach.api.rule.ReferencePrice;
import org.hmsach.api.rule.Verdict;
import org.hmsach.api.transfer.Transfer;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Reads from the core's memory. Shows at least every entry whose {@code Outcome} this node has given out.
 *
 * <p>Thread-safe; every answer is an immutable snapshot and takes microseconds.
 */
@ProviderType
public interface Portfolio {
    /** The account. */
    Optional<Account> account(UUID id);

    /** All accounts, in order of opening. */
    List<Account> accounts();

    /** The order, whatever its state. Closed orders are kept for some business days, then only in SQL. */
    Optional<Order> order(UUID id);

    /** The order by the client's id. */
    Optional<Order> orderByClientId(UUID account, String clientOrderId);

    /** Open orders of the account, oldest first. */
    List<Order> openOrders(UUID account);

    /**
     * A page of an account's open orders, in the order of creation. Takes as long for ten of a hundred thousand as for
     * ten of ten, as long as not many are passed over.
     *
     * @param wanted which of them; asked in the order of the page, until it is full
     */
    List<Order> openOrders(OpenOrders page, Predicate<Order> wanted);

    /**
     * Which open orders.
     *
     * @param account   whose
     * @param afterMs   created after, milliseconds since 1970 UTC, exclusive
     * @param untilMs   created before, exclusive
     * @param ascending oldest first
     * @param limit     so many at most, 1 or more
     */
    record OpenOrders(UUID account, long afterMs, long untilMs, boolean ascending, int limit) {
        /** Refuses a limit below 1. */
        public OpenOrders {
            if (limit < 1) {
                throw new IllegalArgumentException("limit must be 1 or more: " + limit);
            }
        }
    }

    /** All open orders, oldest first. */
    List<Order> openOrders();

    /** The instrument. */
    Optional<Instrument> instrument(String symbol);

    /** All instruments by symbol. */
    List<Instrument> instruments();

    /** The transfer. */
    Optional<Transfer> transfer(UUID id);

    /** Transfers of the account, oldest first. */
    List<Transfer> transfers(UUID account);

    /** All transfers that are not final, oldest first. */
    List<Transfer> openTransfers();

    /** What the person may do with the account; empty: nothing was granted. */
    Optional<Role> access(UUID principal, UUID account);

    /** Accounts that were granted to the person, with the role. */
    Map<UUID, Role> accessOf(UUID principal);

    /** People that may act on the account. */
    Map<UUID, Role> accessTo(UUID account);

    /** Whether the key was revoked. */
    boolean isRevoked(String keyId);

    /** The limits that hold for the account; its own or the common ones. */
    Limits limits(UUID account);

    /** The common limits. */
    Limits commonLimits();

    /** The required rules. */
    List<String> requiredRules();

    /** Symbols restricted for everybody. */
    List<String> restrictedSymbols();

    /** Whether the organisation's kill switch is on. */
    boolean killSwitch();

    /** Active policies by id. */
    Map<String, PolicyVersion> policies();

    /** The last journalled mark of a symbol. */
    Optional<ReferencePrice> mark(String symbol);

    /** The business date; empty before the first one. */
    Optional<LocalDate> businessDate();

    /** Whether the session of the business date is open. */
    boolean sessionOpen();

    /** Bookmark of a module: the highest entry whose causes it has finished. */
    OptionalLong bookmark(String module);

    /** Obligations not yet settled that are due on or before the date. */
    int dueObligations(LocalDate date);

    /** What the machine's own rules would say about the order now; changes nothing. */
    CompletionStage<List<Verdict>> evaluate(Commands.PlaceOrder order);
}
