package org.hmsach.testkit.contract;

import org.hmsach.spi.mkt.MarketCalendar;
import org.hmsach.testkit.fake.FakeMarketCalendar;

class WeekdayCalendarTest extends MarketCalendarContract {
    @Override
    protected MarketCalendar calendar() {
        return new FakeMarketCalendar();
    }
}
