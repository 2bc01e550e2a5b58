package org.hmsach.ops.internal.shadow;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.hmsach.api.money.Currency;
import org.hmsach.api.order.OrderRequest;
import org.hmsach.api.order.Side;
import org.hmsach.spi.mfe.FeeSchedule;
import org.hmsach.testkit.fake.Samples;
import org.junit.jupiter.api.Test;

class FeeQuestionsTest {
    @Test
    void comparesWhatAnOrderWillCostBySideAndPrice() {
        FeeSchedule serving = flat("one", 100, 100);
        FeeSchedule shadow = flat("two", 100, 250);
        FeeQuestions questions = new FeeQuestions(() -> List.of(serving), () -> List.of(shadow));
        List<Comparison> buy = answers(questions, Samples.limit(Side.BUY, "IBM", "1", "99"));
        assertEquals(
                List.of("fees.estimate", "fees.fill"),
                buy.stream().map(Comparison::rule).toList());
        assertEquals(List.of(0, 0), buy.stream().map(Comparison::direction).toList());
        List<Comparison> sell = answers(questions, Samples.limit(Side.SELL, "IBM", "1", "99"));
        assertEquals(List.of(1, 1), sell.stream().map(Comparison::direction).toList());
        assertEquals("100", sell.get(0).live().value());
        assertEquals("250", sell.get(0).shadow().value());
        assertEquals("schedule two", sell.get(0).shadow().detail());
    }

    @Test
    void asksNothingWithoutAPriceOrWithoutAServingSchedule() {
        FeeSchedule some = flat("one", 1, 1);
        OrderRequest market = Samples.market(Side.BUY, "IBM", "1");
        assertEquals(List.of(), answers(new FeeQuestions(() -> List.of(some), () -> List.of(some)), market));
        OrderRequest limit = Samples.limit(Side.BUY, "IBM", "1", "99");
        assertEquals(List.of(), answers(new FeeQuestions(List::of, () -> List.of(some)), limit));
    }

    private static List<Comparison> answers(FeeQuestions questions, OrderRequest request) {
        Judged judged = new Judged(Samples.proposal(request, Optional.empty()), List.of(), Optional.empty(), 1);
        return questions.of(judged).stream()
                .map(question -> question.ask().get())
                .toList();
    }

    private static FeeSchedule flat(String version, long buyMinor, long sellMinor) {
        return new FeeSchedule() {
            @Override
            public String version() {
                return version;
            }

            @Override
            public List<Fee> fees(Side side, String symbol, long qtyE8, long priceE8, Currency currency) {
                return List.of(new Fee("commission", estimateMinor(side, symbol, qtyE8, priceE8, currency)));
            }

            @Override
            public long estimateMinor(Side side, String symbol, long qtyE8, long priceE8, Currency currency) {
                return side == Side.BUY ? buyMinor : sellMinor;
            }
        };
    }
}
