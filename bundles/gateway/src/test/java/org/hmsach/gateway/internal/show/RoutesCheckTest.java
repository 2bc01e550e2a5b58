package org.hmsach.gateway.internal.show;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.apache.felix.hc.api.Result;
import org.hmsach.gateway.internal.board.ActiveResources;
import org.hmsach.gateway.internal.board.Resource;
import org.junit.jupiter.api.Test;

class RoutesCheckTest {
    private record Told(boolean isSettled, List<String> troubles) implements ActiveResources {
        @Override
        public Map<String, List<Resource>> active() {
            return Map.of();
        }

        @Override
        public long switches() {
            return 0;
        }
    }

    @Test
    void isNotOkWhileSomethingIsNotServed() {
        assertEquals(Result.Status.OK, status(true, List.of()));
        assertEquals(Result.Status.TEMPORARILY_UNAVAILABLE, status(false, List.of("/a cannot be served")));
        assertEquals(Result.Status.CRITICAL, status(true, List.of("/a cannot be served")));
        Result result = new RoutesCheck(new Told(true, List.of("/a cannot be served"))).execute();
        assertTrue(result.toString().contains("/a cannot be served"), result::toString);
    }

    private static Result.Status status(boolean settled, List<String> troubles) {
        return new RoutesCheck(new Told(settled, troubles)).execute().getStatus();
    }
}
