package org.hmsach.gateway.internal.trading;

import java.util.LinkedHashMap;
import java.util.Map;
import org.hmsach.api.intake.Preview;
import org.hmsach.api.money.Currency;
import org.hmsach.api.money.Money;
import org.hmsach.api.money.Scale8;
import org.hmsach.api.rule.ReferencePrice;
import org.hmsach.api.rule.Verdict;

/** What would happen to an order, as JSON. */
final class PreviewJson {
    private PreviewJson() {}

    static Map<String, Object> of(Preview preview) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("accepted", preview.accepted());
        json.put("referencePrice", preview.reference().map(PreviewJson::price).orElse(null));
        json.put("cost", dollars(preview.costMinor()));
        json.put("fee", dollars(preview.feeMinor()));
        json.put("reserve", dollars(preview.reserveMinor()));
        json.put(
                "verdicts",
                preview.verdicts().stream().map(PreviewJson::verdict).toList());
        return json;
    }

    private static Map<String, Object> price(ReferencePrice reference) {
        return Map.of(
                "price", Scale8.text(reference.priceE8()),
                "source", reference.source(),
                "time", Times.text(reference.feedTimeMs()));
    }

    private static Map<String, Object> verdict(Verdict verdict) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("rule", verdict.rule());
        json.put("allowed", verdict.allowed());
        json.put("reason", verdict.allowed() ? null : verdict.reason().name());
        json.put("policyVersion", verdict.policyVersion());
        json.put("detail", verdict.detail());
        json.put("inputs", verdict.inputs());
        return json;
    }

    private static String dollars(long minor) {
        return new Money(Currency.USD, minor).decimal();
    }
}
