package org.hmsach.mkt.data.internal.rest;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hmsach.api.instrument.Instrument;
import org.hmsach.api.instrument.InstrumentStatus;
import org.hmsach.api.money.Scale8;
import org.hmsach.mkt.data.internal.master.Catalogue;

/** An instrument as the dialect shows an asset. */
final class AssetJson {
    static final String CLASS = "us_equity";

    private AssetJson() {}

    static Map<String, Object> of(Instrument instrument, Catalogue.Listing listing) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("id", instrument.assetId().toString());
        json.put("class", CLASS);
        json.put("exchange", listing.exchange());
        json.put("symbol", instrument.symbol());
        json.put("name", listing.name());
        json.put("status", status(instrument));
        json.put("tradable", instrument.status() == InstrumentStatus.ACTIVE);
        json.put("marginable", false);
        json.put("shortable", false);
        json.put("easy_to_borrow", false);
        json.put("fractionable", instrument.fractionable());
        json.put("maintenance_margin_requirement", 100);
        json.put("min_order_size", Scale8.text(instrument.lotE8()));
        json.put("min_trade_increment", Scale8.text(instrument.lotE8()));
        json.put("price_increment", Scale8.text(instrument.tickE8()));
        json.put("attributes", List.of());
        json.put("currency", instrument.currency().code());
        json.put("halted", instrument.status() == InstrumentStatus.HALTED);
        json.put("venue", instrument.venue());
        return json;
    }

    /** A halt is for now: the asset stays listed. */
    static String status(Instrument instrument) {
        return instrument.status() == InstrumentStatus.INACTIVE ? "inactive" : "active";
    }
}
