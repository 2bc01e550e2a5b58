package org.hmsach.core.internal.machine;

import java.util.List;
import java.util.Optional;
import org.hmsach.api.instrument.Instrument;
import org.hmsach.api.order.OrderRequest;
import org.hmsach.api.rule.ReferencePrice;
import org.hmsach.api.rule.Verdict;

/**
 * What is judged: a new order, or the terms that a replacement would have.
 *
 * @param account        the account
 * @param instrument     the instrument
 * @param request        the terms; of a replacement with the new total quantity
 * @param toFillE8       quantity that can still be filled, scale 8
 * @param reserveLimitE8 price per unit that a buy reserves, scale 8
 * @param feeMinor       fee to reserve
 * @param reference      price to judge by
 * @param given          verdicts from before the door
 * @param replaced       the order that is to be replaced; its reservations count as there
 */
record Terms(
        AccountState account,
        Instrument instrument,
        OrderRequest request,
        long toFillE8,
        long reserveLimitE8,
        long feeMinor,
        Optional<ReferencePrice> reference,
        List<Verdict> given,
        Optional<OrderEntry> replaced) {}
