package org.hmsach.core.internal.machine;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.hmsach.api.account.Account;
import org.hmsach.api.command.Commands;
import org.hmsach.api.identity.Role;
import org.hmsach.api.order.Order;
import org.hmsach.api.portfolio.CoreControl;
import org.hmsach.api.rule.Verdict;
import org.hmsach.api.transfer.Transfer;

/**
 * What the machine shows between two entries. Machine thread only; what it gives is immutable and may be published.
 */
public interface MachineView {
    /** What the last {@code apply} changed, for whoever publishes views; empty after a refused command. */
    record Touched(
            List<UUID> accounts, List<UUID> orders, List<UUID> forgottenOrders, List<UUID> transfers, boolean rules) {}

    /** Journalled cluster id, 0 before {@code Genesis}. */
    long clusterId();

    /** Active machine version, 0 before {@code Genesis}. */
    int machineVersion();

    /** Last applied entry. */
    long entry();

    /** Entry time of the last entry. */
    long timeMs();

    /** Business date; empty before the first. */
    Optional<LocalDate> businessDate();

    /** Whether the session of the business date is open. */
    boolean sessionOpen();

    /** Bookmarks of all modules by name. */
    Map<String, Long> bookmarks();

    /** The account. */
    Optional<Account> account(UUID id);

    /** All accounts in order of opening. */
    List<Account> accounts();

    /** The order, open or closed, until it is forgotten. */
    Optional<Order> order(UUID id);

    /** All orders not yet forgotten, oldest first. */
    List<Order> orders();

    /** The transfer. */
    Optional<Transfer> transfer(UUID id);

    /** All transfers, oldest first. */
    List<Transfer> transfers();

    /** Role by person of those who may act on the account; never changes once given. */
    Map<UUID, Role> access(UUID account);

    /** What people set, but for access: instruments, limits, marks. The same object as long as nothing changed. */
    RuleBook ruleBook();

    /** Obligations not yet settled by settle date, in order of date. */
    Map<LocalDate, Integer> openObligations();

    /** What the last entry changed. */
    Touched touched();

    /** Verdicts of the machine's own and the required rules about an order now; changes nothing. */
    List<Verdict> evaluate(Commands.PlaceOrder order);

    /** Sum of all ledger legs per asset, from the whole state; every one must be zero. */
    List<CoreControl.AssetSum> sums();

    /** SHA-256 over the canonical snapshot, hexadecimal. */
    String stateSha256();
}
