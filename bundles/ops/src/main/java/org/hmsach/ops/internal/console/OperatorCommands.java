package org.hmsach.ops.internal.console;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hmsach.api.account.Account;
import org.hmsach.api.money.Money;
import org.hmsach.api.money.Scale8;
import org.hmsach.api.order.Order;
import org.hmsach.api.portfolio.Portfolio;
import org.hmsach.ops.internal.modules.ModuleList;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code hms:modules}, {@code hms:orders [account]}, {@code hms:accounts} in the Gogo shell. */
@Component(
        service = OperatorCommands.class,
        property = {
            "osgi.command.scope=hms",
            "osgi.command.function=modules",
            "osgi.command.function=orders",
            "osgi.command.function=accounts"
        })
public final class OperatorCommands {
    private static final int DIGEST_SHOWN = 12;

    private final ModuleList list;
    private final Portfolio portfolio;

    @Activate
    public OperatorCommands(@Reference ModuleList list, @Reference Portfolio portfolio) {
        this.list = list;
        this.portfolio = portfolio;
    }

    /** All modules, and bundles that are here and may not run. */
    public String modules() {
        return table(
                "%-8s %-15s %-9s %-18s %-24s %-12s %-13s %s",
                new Object[] {"FAMILY", "MODULE", "STATE", "VERSION", "SINCE", "DIGEST", "SIGNER", "LAST ERROR"},
                list.rows().stream().map(OperatorCommands::module));
    }

    private static Object[] module(Map<String, Object> row) {
        String module = row.get("module").toString();
        String digest = row.get("digest").toString();
        String signer = row.get("signer").toString();
        return new Object[] {
            row.get("family"),
            module.isEmpty() ? row.get("symbolicName") : module,
            row.get("state"),
            row.get("version"),
            row.get("since") == null ? "-" : row.get("since"),
            digest.substring(0, Math.min(digest.length(), DIGEST_SHOWN)),
            row.get("trust").equals("off") ? "TRUST IS OFF" : signer.isEmpty() ? "-" : signer,
            row.get("lastError")
        };
    }

    /** All open orders. */
    public String orders() {
        return orders(portfolio.openOrders());
    }

    /** The open orders of one account. */
    public String orders(String account) {
        return orders(portfolio.openOrders(UUID.fromString(account)));
    }

    /** All accounts. */
    public String accounts() {
        return table(
                "%-36s %-4s %16s %16s %6s",
                new Object[] {"ACCOUNT", "CCY", "CASH", "BUYING POWER", "ORDERS"},
                portfolio.accounts().stream().map(OperatorCommands::row));
    }

    private static Object[] row(Account account) {
        return new Object[] {
            account.id(),
            account.currency().code(),
            new Money(account.currency(), account.cashMinor()).decimal(),
            new Money(account.currency(), account.buyingPowerMinor()).decimal(),
            account.openOrders()
        };
    }

    private static String orders(List<Order> orders) {
        return table(
                "%-36s %-36s %-16s %-4s %12s %-8s %-6s %12s %s",
                new Object[] {"ORDER", "ACCOUNT", "STATE", "SIDE", "QTY", "SYMBOL", "TYPE", "LIMIT", "FILLED"},
                orders.stream().map(order -> new Object[] {
                    order.id(),
                    order.account(),
                    order.state(),
                    order.request().side(),
                    Scale8.text(order.request().qtyE8()),
                    order.request().symbol(),
                    order.request().type(),
                    order.request().limitPriceE8().isPresent()
                            ? Scale8.text(order.request().limitPriceE8().getAsLong())
                            : "-",
                    Scale8.text(order.filledE8())
                }));
    }

    private static String table(String format, Object[] head, Stream<Object[]> rows) {
        return Stream.concat(Stream.<Object[]>of(head), rows)
                .map(row -> String.format(Locale.ROOT, format, row).stripTrailing())
                .collect(Collectors.joining(System.lineSeparator()));
    }
}
