package org.hmsach.spi.gov;

import java.time.LocalDate;
import java.util.Optional;
import java.util.UUID;
import org.hmsach.api.account.Account;
import org.hmsach.api.instrument.Instrument;
import org.hmsach.api.order.Order;
import org.hmsach.api.order.OrderRequest;
import org.hmsach.api.rule.ReferencePrice;

/**
 * An order, or the new terms of one, as a check sees it.
 *
 * @param request      what was asked for (of a replacement: the resulting terms)
 * @param principal    who asks
 * @param account      the account before the order
 * @param instrument   the instrument
 * @param reference    price to judge by; empty when no market data is there
 * @param replaces     the order whose terms are to be replaced
 * @param businessDate the machine's business date; empty before the first
 * @param preview      whether this is a preview
 */
public record OrderProposal(
        OrderRequest request,
        UUID principal,
        Account account,
        Instrument instrument,
        Optional<ReferencePrice> reference,
        Optional<Order> replaces,
        Optional<LocalDate> businessDate,
        boolean preview) {}
