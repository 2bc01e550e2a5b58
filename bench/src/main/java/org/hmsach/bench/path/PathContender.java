package org.hmsach.bench.path;

import org.hmsach.bench.run.Contender;

/** The platform's order path on the thread that calls. */
final class PathContender implements Contender {
    private final OrderFlow flow;
    private Platform platform;

    PathContender(OrderFlow flow) {
        this.flow = flow;
        this.platform = new Platform((buffer, length) -> {});
    }

    @Override
    public String name() {
        return "hms";
    }

    @Override
    public void prepare() {
        platform = new Platform((buffer, length) -> {});
        platform.expect(flow);
    }

    @Override
    public long run() {
        for (int i = 0; i < flow.size(); i++) {
            platform.step(flow, i);
        }
        return flow.size();
    }

    @Override
    public long digest() {
        return platform.digest();
    }
}
