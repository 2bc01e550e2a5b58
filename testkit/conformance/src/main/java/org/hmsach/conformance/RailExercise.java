package org.hmsach.conformance;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.hmsach.api.money.Currency;
import org.hmsach.api.money.Money;
import org.hmsach.api.transfer.Direction;
import org.hmsach.api.transfer.Transfer;
import org.hmsach.api.transfer.TransferState;
import org.hmsach.spi.mfe.PaymentRail;
import org.hmsach.testkit.fake.Samples;

/** Transfers sent, and sent again. */
final class RailExercise implements Exercise {
    private static final Duration QUIET = Duration.ofMillis(500);

    private record Told(String what, UUID transfer) {}

    @Override
    public Class<?> spi() {
        return PaymentRail.class;
    }

    @Override
    public Duration deadline() {
        return Duration.ofSeconds(2);
    }

    @Override
    public void once(Object service, int number) {
        PaymentRail rail = (PaymentRail) service;
        Exercises.require(rail.name().matches("[a-z0-9-]{1,32}"), "the name '" + rail.name() + "' is none");
        Transfer transfer = transfer(rail.name());
        rail.needsApproval(transfer);
        rail.send(transfer, reports(new Heard<>()));
    }

    @Override
    public List<String> disorder(Object service) throws InterruptedException {
        PaymentRail rail = (PaymentRail) service;
        List<String> problems = new ArrayList<>();
        Heard<Told> heard = new Heard<>();
        Transfer transfer = transfer(rail.name());
        rail.send(transfer, reports(heard));
        rail.send(transfer, reports(heard));
        heard.await(QUIET, told -> false);
        List<String> words = heard.all().stream().map(Told::what).distinct().toList();
        if (words.contains("completed") && words.contains("rejected")) {
            problems.add("one transfer was both completed and rejected");
        }
        if (words.contains("sent") && words.indexOf("sent") > 0) {
            problems.add("told 'sent' after " + words.get(0));
        }
        if (heard.all().stream().anyMatch(one -> !one.transfer().equals(transfer.id()))) {
            problems.add("told about a transfer that it was not given");
        }
        return problems;
    }

    private static PaymentRail.Reports reports(Heard<Told> heard) {
        return new PaymentRail.Reports() {
            @Override
            public void sent(UUID transfer, String detail) {
                heard.add(new Told("sent", transfer));
            }

            @Override
            public void completed(UUID transfer, String detail) {
                heard.add(new Told("completed", transfer));
            }

            @Override
            public void rejected(UUID transfer, String detail) {
                heard.add(new Told("rejected", transfer));
            }

            @Override
            public void returned(UUID transfer, String detail) {
                heard.add(new Told("returned", transfer));
            }
        };
    }

    private static Transfer transfer(String rail) {
        return new Transfer(
                UUID.randomUUID(),
                Samples.ACCOUNT,
                Direction.OUTGOING,
                Money.parse(Currency.USD, "100.00"),
                rail,
                TransferState.PENDING,
                "",
                Samples.MONDAY,
                Samples.NOON_MS,
                Samples.NOON_MS);
    }
}
