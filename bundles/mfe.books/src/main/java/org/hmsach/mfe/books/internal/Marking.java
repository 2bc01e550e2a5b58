package org.hmsach.mfe.books.internal;

import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.hmsach.api.command.Cause;
import org.hmsach.api.command.Commands;
import org.hmsach.api.command.Door;
import org.hmsach.api.command.Origin;
import org.hmsach.api.module.Duty;
import org.hmsach.api.portfolio.Portfolio;
import org.hmsach.api.refusal.UnavailableException;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Journals, every few minutes, the prices that held positions are valued by. */
@Component(
        service = {},
        immediate = true,
        configurationPid = "org.hmsach.mfe.books.marks")
@Designate(ocd = Marking.Config.class)
public final class Marking {
    static final String MODULE = "mfe.books.marks";

    /** How often. */
    @ObjectClassDefinition(name = "HMS-MFE marks")
    public @interface Config {
        @AttributeDefinition(description = "seconds between two sets of marks, 5 to 86400")
        int interval_seconds() default 300;
    }

    private static final Logger LOG = LoggerFactory.getLogger(Marking.class);

    private final Portfolio portfolio;
    private final Door door;
    private final BusinessDay day;
    private final Duty duty;
    private final ScheduledExecutorService timer;

    @Activate
    public Marking(
            Config config,
            @Reference Portfolio portfolio,
            @Reference Door door,
            @Reference BusinessDay day,
            @Reference Duty duty) {
        this.duty = duty;
        this.portfolio = portfolio;
        this.door = door;
        this.day = day;
        int seconds = config.interval_seconds();
        if (seconds < 5 || seconds > 86_400) {
            throw new IllegalArgumentException("interval_seconds " + seconds + " is outside 5 to 86400");
        }
        this.timer = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "hms-books-marks");
            thread.setDaemon(true);
            return thread;
        });
        timer.scheduleWithFixedDelay(this::mark, seconds, seconds, TimeUnit.SECONDS);
    }

    @Deactivate
    public void close() {
        timer.shutdownNow();
    }

    private void mark() {
        try {
            List<List<Commands.Mark>> marks = day.marks();
            if (marks.isEmpty() || !portfolio.sessionOpen() || !duty.isMine()) {
                return;
            }
            // a count of its own: nothing on the tape makes it act, and each count is finished at once
            long count = portfolio.bookmark(MODULE).orElse(0) + 1;
            Origin origin = Origin.ofModule(MODULE);
            for (int i = 0; i < marks.size(); i++) {
                Cause cause = new Cause(MODULE, count, i);
                Answers.await(door.submit(new Commands.RecordMarks(cause, marks.get(i), false), origin));
            }
            Answers.await(door.submit(new Commands.Progress(MODULE, count), origin));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (UnavailableException e) {
            LOG.info("marks wait for the core: {}", e.getMessage());
        } catch (RuntimeException e) {
            LOG.error("marks failed", e);
        }
    }
}
