package org.hmsach.mfe.books.internal;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import org.hmsach.api.money.Currency;
import org.hmsach.api.money.Scale8;
import org.hmsach.api.order.Side;
import org.hmsach.spi.mfe.FeeSchedule;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/**
 * Commission in basis points of the principal and, on sales, a regulatory fee per million.
 *
 * <p>Each fee of each fill is rounded down, so that the sum over any partial fills stays within the estimate.
 */
@Component(configurationPid = "org.hmsach.mfe.books.fees")
@Designate(ocd = BasisPointFees.Config.class)
public final class BasisPointFees implements FeeSchedule {

    /** The schedule. */
    @ObjectClassDefinition(name = "HMS-MFE fee schedule")
    public @interface Config {
        @AttributeDefinition(description = "name of this schedule's version")
        String version() default "standard-1";

        @AttributeDefinition(description = "commission, basis points of the principal, 0 to 1000")
        int commission_bps() default 5;

        @AttributeDefinition(description = "regulatory fee on sales, per million of principal, 0 to 10000")
        String sale_per_million() default "27.80";
    }

    private static final BigDecimal BASIS_POINTS = BigDecimal.valueOf(10_000);
    private static final BigDecimal MILLION = BigDecimal.valueOf(1_000_000);

    private final String version;
    private final BigDecimal commissionBps;
    private final BigDecimal salePerMillion;

    @Activate
    public BasisPointFees(Config config) {
        this(config.version(), config.commission_bps(), new BigDecimal(config.sale_per_million()));
    }

    BasisPointFees(String version, int commissionBps, BigDecimal salePerMillion) {
        if (commissionBps < 0 || commissionBps > 1000) {
            throw new IllegalArgumentException("commission_bps " + commissionBps + " is outside 0 to 1000");
        }
        if (salePerMillion.signum() < 0 || salePerMillion.compareTo(BASIS_POINTS) > 0) {
            throw new IllegalArgumentException("sale_per_million " + salePerMillion + " is outside 0 to 10000");
        }
        this.version = version;
        this.commissionBps = BigDecimal.valueOf(commissionBps);
        this.salePerMillion = salePerMillion;
    }

    @Override
    public String version() {
        return version;
    }

    @Override
    public List<Fee> fees(Side side, String symbol, long qtyE8, long priceE8, Currency currency) {
        BigDecimal principal =
                BigDecimal.valueOf(Scale8.cashMinor(priceE8, qtyE8, currency.digits(), RoundingMode.HALF_EVEN));
        List<Fee> fees = new ArrayList<>(2);
        add(fees, "commission", principal.multiply(commissionBps).divide(BASIS_POINTS, 0, RoundingMode.DOWN));
        if (side == Side.SELL) {
            add(fees, "regulatory", principal.multiply(salePerMillion).divide(MILLION, 0, RoundingMode.DOWN));
        }
        return List.copyOf(fees);
    }

    /** One minor unit above the fees of the whole, since principals of partial fills are rounded one by one. */
    @Override
    public long estimateMinor(Side side, String symbol, long qtyE8, long priceE8, Currency currency) {
        long whole = fees(side, symbol, qtyE8, priceE8, currency).stream()
                .mapToLong(Fee::amountMinor)
                .sum();
        return whole == 0 ? 0 : Math.addExact(whole, 1);
    }

    String commissionBps() {
        return commissionBps.toPlainString();
    }

    String salePerMillion() {
        return salePerMillion.toPlainString();
    }

    private static void add(List<Fee> fees, String kind, BigDecimal amountMinor) {
        if (amountMinor.signum() > 0) {
            fees.add(new Fee(kind, amountMinor.longValueExact()));
        }
    }
}
