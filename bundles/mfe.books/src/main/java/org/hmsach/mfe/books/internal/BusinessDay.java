package org.hmsach.mfe.books.internal;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;
import org.hmsach.api.account.Account;
import org.hmsach.api.account.Position;
import org.hmsach.api.command.Commands;
import org.hmsach.api.instrument.Instrument;
import org.hmsach.api.module.PlugIn;
import org.hmsach.api.module.PlugInException;
import org.hmsach.api.module.PlugIns;
import org.hmsach.api.module.Serving;
import org.hmsach.api.portfolio.Portfolio;
import org.hmsach.api.refusal.UnavailableException;
import org.hmsach.spi.mkt.MarketCalendar;
import org.hmsach.spi.mkt.MarketClock;
import org.hmsach.spi.mkt.MarketData;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the close of business asks of the market modules, and what it does without them. The only seam to them. */
@Component(service = BusinessDay.class)
public final class BusinessDay {
    /** A mark takes at most about 110 bytes; the core takes commands of up to 60,000. */
    static final int MARKS_MAX = 500;

    private static final Duration BOUND = Duration.ofSeconds(2);
    private static final Duration MARKS_BOUND = Duration.ofSeconds(10);
    private static final Logger LOG = LoggerFactory.getLogger(BusinessDay.class);

    private final Portfolio portfolio;
    private final PlugIns plugIns;

    // lists are in ascending order of the framework's preference
    @Reference(policyOption = ReferencePolicyOption.GREEDY)
    private volatile List<Map.Entry<Map<String, Object>, MarketCalendar>> calendars = List.of();

    @Reference(policyOption = ReferencePolicyOption.GREEDY)
    private volatile List<Map.Entry<Map<String, Object>, MarketData>> data = List.of();

    @Reference(policyOption = ReferencePolicyOption.GREEDY)
    private volatile List<Map.Entry<Map<String, Object>, MarketClock>> clocks = List.of();

    @Activate
    public BusinessDay(@Reference Portfolio portfolio, @Reference PlugIns plugIns) {
        this.portfolio = portfolio;
        this.plugIns = plugIns;
    }

    BusinessDay(
            Portfolio portfolio,
            PlugIns plugIns,
            List<MarketCalendar> calendars,
            List<MarketData> data,
            List<MarketClock> clocks) {
        this(portfolio, plugIns);
        this.calendars = entries(calendars);
        this.data = entries(data);
        this.clocks = entries(clocks);
    }

    private static <T> List<Map.Entry<Map<String, Object>, T>> entries(List<T> services) {
        return services.stream()
                .map(one -> Map.entry(Map.<String, Object>of(), one))
                .toList();
    }

    /**
     * The trading day after the date; without a calendar the next weekday.
     *
     * @throws UnavailableException when the calendar does not answer: the step is taken again later
     */
    LocalDate next(LocalDate date) throws InterruptedException {
        List<Map.Entry<Map<String, Object>, MarketCalendar>> now = calendars;
        if (now.isEmpty()) {
            return nextWeekday(date);
        }
        Map.Entry<Map<String, Object>, MarketCalendar> calendar = now.get(now.size() - 1);
        try {
            return guard(MarketCalendar.class, "calendar", calendar)
                    .ask("tell the next trading day", BOUND, () -> calendar.getValue()
                            .tradingDayAfter(date, 1));
        } catch (PlugInException e) {
            throw UnavailableException.core("CALENDAR_FAILED", e.getMessage(), 1);
        }
    }

    /** Whether market time has moved past the business date, so that it must be closed; no, where no clock answers. */
    boolean isOver(LocalDate businessDate) {
        List<Map.Entry<Map<String, Object>, MarketClock>> now = clocks;
        if (now.isEmpty()) {
            return false;
        }
        Map.Entry<Map<String, Object>, MarketClock> clock = now.get(now.size() - 1);
        try {
            return guard(MarketClock.class, "clock", clock)
                    .near("tell market time", BOUND, () -> clock.getValue().now())
                    .date()
                    .isAfter(businessDate);
        } catch (PlugInException e) {
            LOG.warn("whether {} is over is not known: {}", businessDate, e.getMessage());
            return false;
        }
    }

    /** Prices of everything that some account holds, as far as market data has them; each list fits one command. */
    List<List<Commands.Mark>> marks() throws InterruptedException {
        return commands(this::held);
    }

    /**
     * The same for the close. Where nobody holds anything that has a price, one instrument that has one: the accounts'
     * closing values are taken with marks. Empty only where no price is known at all.
     */
    List<List<Commands.Mark>> closingMarks() throws InterruptedException {
        return commands(source -> {
            List<Commands.Mark> held = held(source);
            return held.isEmpty() ? any(source) : held;
        });
    }

    private List<List<Commands.Mark>> commands(Function<MarketData, List<Commands.Mark>> marks)
            throws InterruptedException {
        List<Map.Entry<Map<String, Object>, MarketData>> now = data;
        if (now.isEmpty()) {
            return List.of();
        }
        Map.Entry<Map<String, Object>, MarketData> source = now.get(now.size() - 1);
        try {
            return guard(MarketData.class, "prices", source)
                    .ask("tell the marks", MARKS_BOUND, () -> inCommands(marks.apply(source.getValue())));
        } catch (PlugInException e) {
            throw UnavailableException.core("MARKS_FAILED", e.getMessage(), 1);
        }
    }

    private List<Commands.Mark> held(MarketData source) {
        TreeSet<String> held = new TreeSet<>();
        for (Account account : portfolio.accounts()) {
            account.positions().stream().map(Position::symbol).forEach(held::add);
        }
        List<Commands.Mark> marks = new ArrayList<>();
        for (String symbol : held) {
            source.mark(symbol).ifPresent(price -> marks.add(new Commands.Mark(symbol, price)));
        }
        return marks;
    }

    private List<Commands.Mark> any(MarketData source) {
        return portfolio.instruments().stream()
                .map(Instrument::symbol)
                .sorted()
                .flatMap(symbol -> source.mark(symbol).map(price -> new Commands.Mark(symbol, price)).stream())
                .limit(1)
                .toList();
    }

    private static List<List<Commands.Mark>> inCommands(List<Commands.Mark> marks) {
        List<List<Commands.Mark>> commands = new ArrayList<>();
        for (int from = 0; from < marks.size(); from += MARKS_MAX) {
            commands.add(marks.subList(from, Math.min(marks.size(), from + MARKS_MAX)));
        }
        return commands;
    }

    private <T> PlugIn guard(Class<T> spi, String name, Map.Entry<Map<String, Object>, T> service) {
        return plugIns.plugIn(spi.getSimpleName(), name, Serving.bundle(service.getKey()));
    }

    private static LocalDate nextWeekday(LocalDate date) {
        LocalDate next = date.plusDays(1);
        while (next.getDayOfWeek() == DayOfWeek.SATURDAY || next.getDayOfWeek() == DayOfWeek.SUNDAY) {
            next = next.plusDays(1);
        }
        return next;
    }
}
