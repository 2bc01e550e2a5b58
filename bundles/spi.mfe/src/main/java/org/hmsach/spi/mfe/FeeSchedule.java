package org.hmsach.spi.mfe;

import java.util.List;
import org.hmsach.api.money.Currency;
import org.hmsach.api.order.Side;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * What a trade costs. Pure: the same question always gets the same answer. Offered by mfe.books or a vendor;
 * thread-safe.
 */
@ConsumerType
public interface FeeSchedule {
    /** One fee. @param kind name, at most 32 characters @param amountMinor minor units, above 0 */
    record Fee(String kind, long amountMinor) {}

    /** Version of the schedule, 1 to 64 characters. */
    String version();

    /** Fees of one fill of the given size; an empty list when it is free. */
    List<Fee> fees(Side side, String symbol, long qtyE8, long priceE8, Currency currency);

    /** Upper bound of the fees of an order of that size however it is filled, minor units; reserved with the order. */
    long estimateMinor(Side side, String symbol, long qtyE8, long priceE8, Currency currency);
}
