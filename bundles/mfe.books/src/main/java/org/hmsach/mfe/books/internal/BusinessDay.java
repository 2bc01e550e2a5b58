package org.hmsach.mfe.books.internal;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.hmsach.api.account.Account;
import org.hmsach.api.account.Position;
import org.hmsach.api.command.Commands;
import org.hmsach.api.portfolio.Portfolio;
import org.hmsach.spi.mkt.MarketCalendar;
import org.hmsach.spi.mkt.MarketClock;
import org.hmsach.spi.mkt.MarketData;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** What the close of business asks of the market modules, and what it does without them. The only seam to them. */
@Component(service = BusinessDay.class)
public final class BusinessDay {
    /** A mark takes at most about 110 bytes; the core takes commands of up to 60,000. */
    static final int MARKS_MAX = 500;

    private final Portfolio portfolio;

    // lists are in ascending order of the framework's preference
    @Reference(policyOption = ReferencePolicyOption.GREEDY)
    private volatile List<MarketCalendar> calendars = List.of();

    @Reference(policyOption = ReferencePolicyOption.GREEDY)
    private volatile List<MarketData> data = List.of();

    @Reference(policyOption = ReferencePolicyOption.GREEDY, cardinality = ReferenceCardinality.MULTIPLE)
    private volatile List<MarketClock> clocks = List.of();

    @Activate
    public BusinessDay(@Reference Portfolio portfolio) {
        this.portfolio = portfolio;
    }

    BusinessDay(Portfolio portfolio, List<MarketCalendar> calendars, List<MarketData> data, List<MarketClock> clocks) {
        this(portfolio);
        this.calendars = calendars;
        this.data = data;
        this.clocks = clocks;
    }

    /** The trading day after the date; without a calendar the next weekday. */
    LocalDate next(LocalDate date) {
        List<MarketCalendar> now = calendars;
        return now.isEmpty() ? nextWeekday(date) : now.get(now.size() - 1).tradingDayAfter(date, 1);
    }

    /** Whether market time has moved past the business date, so that it must be closed. */
    boolean isOver(LocalDate businessDate) {
        List<MarketClock> now = clocks;
        return !now.isEmpty() && now.get(now.size() - 1).now().date().isAfter(businessDate);
    }

    /** Prices of everything that some account holds, as far as market data has them; each list fits one command. */
    List<List<Commands.Mark>> marks() {
        List<MarketData> now = data;
        if (now.isEmpty()) {
            return List.of();
        }
        TreeSet<String> held = new TreeSet<>();
        for (Account account : portfolio.accounts()) {
            account.positions().stream().map(Position::symbol).forEach(held::add);
        }
        List<Commands.Mark> marks = new ArrayList<>();
        for (String symbol : held) {
            now.get(now.size() - 1).mark(symbol).ifPresent(price -> marks.add(new Commands.Mark(symbol, price)));
        }
        List<List<Commands.Mark>> commands = new ArrayList<>();
        for (int from = 0; from < marks.size(); from += MARKS_MAX) {
            commands.add(marks.subList(from, Math.min(marks.size(), from + MARKS_MAX)));
        }
        return commands;
    }

    private static LocalDate nextWeekday(LocalDate date) {
        LocalDate next = date.plusDays(1);
        while (next.getDayOfWeek() == DayOfWeek.SATURDAY || next.getDayOfWeek() == DayOfWeek.SUNDAY) {
            next = next.plusDays(1);
        }
        return next;
    }
}
