package org.hmsach.core.internal.intake;

import java.math.BigInteger;
import java.util.Optional;
import org.hmsach.api.instrument.Instrument;
import org.hmsach.api.order.OrderRequest;
import org.hmsach.api.order.OrderType;
import org.hmsach.api.order.Side;
import org.hmsach.api.refusal.UnavailableException;
import org.hmsach.api.rule.ReferencePrice;
import org.hmsach.spi.mfe.FeeSchedule;
import org.hmsach.spi.mkt.MarketData;

/** What an order stands on before it is checked: the modules it needs, the price it is judged by, what it will cost. */
final class Ground {
    private static final String EXEC = "mfe.exec";
    private static final String BOOKS = "mfe.books";
    private static final String DATA = "mkt.data";
    private static final String VENUE = "mkt.venue";
    private static final BigInteger BASIS = BigInteger.valueOf(10_000);

    private final Modules modules;
    private final Prices prices;
    private final Fees fees;
    private final Venues venues;
    private final int collarBps;

    Ground(Modules modules, Prices prices, Fees fees, Venues venues, int collarBps) {
        this.modules = modules;
        this.prices = prices;
        this.fees = fees;
        this.venues = venues;
        this.collarBps = collarBps;
    }

    /**
     * What was found.
     *
     * @param waitFor        a module that is just coming and is needed; then nothing else counts
     * @param reference      price to judge by
     * @param reserveLimitE8 price per unit to reserve, 0 when there is none
     * @param feeMinor       fee to reserve
     */
    record Found(Optional<String> waitFor, Optional<ReferencePrice> reference, long reserveLimitE8, long feeMinor) {
        /** For a command that the machine answers from what it has. */
        static final Found NOTHING = new Found(Optional.empty(), Optional.empty(), 0, 0);

        static Found waiting(String module) {
            return new Found(Optional.of(module), Optional.empty(), 0, 0);
        }
    }

    /** @throws UnavailableException when a module is absent that the order needs */
    Found find(OrderRequest request, Instrument instrument) {
        Optional<String> venueComing = needExecution(instrument);
        if (venueComing.isPresent()) {
            return Found.waiting(venueComing.get());
        }
        Optional<Served<MarketData>> data = prices.current();
        if (data.isEmpty()) {
            Optional<String> coming = modules.coming(DATA, DATA);
            if (coming.isPresent()) {
                return Found.waiting(coming.get());
            }
            if (request.type() == OrderType.MARKET) {
                throw UnavailableException.moduleAbsent(DATA, "market orders cannot be priced");
            }
        }
        data.ifPresent(source -> modules.here(DATA));
        Optional<ReferencePrice> reference =
                data.flatMap(source -> prices.reference(source, request.symbol(), request.side() == Side.BUY));
        long reserveLimitE8 = request.limitPriceE8().orElseGet(() -> withCollar(reference, request.side()));
        Optional<Served<FeeSchedule>> schedule = fees.current();
        if (schedule.isEmpty()) {
            Optional<String> coming = modules.coming(BOOKS, BOOKS);
            if (coming.isPresent()) {
                return Found.waiting(coming.get());
            }
        }
        schedule.ifPresent(s -> modules.here(BOOKS));
        long feeMinor = reserveLimitE8 == 0
                ? 0
                : schedule.map(s -> fees.estimateMinor(s, request, instrument.currency(), reserveLimitE8))
                        .orElse(0L);
        return new Found(Optional.empty(), reference, reserveLimitE8, feeMinor);
    }

    /** A module to wait for; an order whose venue is just being replaced rests in the core until the venue is back. */
    private Optional<String> needExecution(Instrument instrument) {
        if (!modules.isThere(EXEC)) {
            throw UnavailableException.moduleAbsent(EXEC, "orders cannot be placed");
        }
        String venue = instrument.venue();
        if (venues.has(venue)) {
            modules.here(VENUE + ':' + venue);
            return Optional.empty();
        }
        String what = "venue " + venue + " of " + instrument.symbol() + " is not there";
        if (!modules.isThere(VENUE)) {
            throw UnavailableException.moduleAbsent(VENUE, what);
        }
        if (!modules.isThere(DATA)) {
            throw UnavailableException.moduleAbsent(DATA, what);
        }
        Optional<String> coming = modules.coming(VENUE, VENUE + ':' + venue).or(() -> modules.coming(DATA));
        if (coming.isEmpty()) {
            throw UnavailableException.moduleAbsent(VENUE, what);
        }
        return coming;
    }

    private long withCollar(Optional<ReferencePrice> reference, Side side) {
        if (reference.isEmpty()) {
            return 0;
        }
        BigInteger priceE8 = BigInteger.valueOf(reference.get().priceE8());
        if (side == Side.SELL) {
            return priceE8.longValueExact();
        }
        BigInteger[] whole =
                priceE8.multiply(BASIS.add(BigInteger.valueOf(collarBps))).divideAndRemainder(BASIS);
        BigInteger up = whole[1].signum() == 0 ? whole[0] : whole[0].add(BigInteger.ONE);
        return up.bitLength() < Long.SIZE ? up.longValueExact() : Long.MAX_VALUE;
    }
}
