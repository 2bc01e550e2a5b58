package org.hmsach.core.internal.service;

import java.security.SecureRandom;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import org.agrona.ExpandableArrayBuffer;
import org.hmsach.api.command.Command;
import org.hmsach.api.command.Commands;
import org.hmsach.api.command.Origin;
import org.hmsach.core.internal.codec.CommandCodec;
import org.hmsach.core.internal.codec.Genesis;
import org.hmsach.core.internal.codec.VersionActivation;
import org.hmsach.core.internal.log.AeronLog;
import org.hmsach.core.internal.log.Applied;
import org.hmsach.core.internal.log.Condition;
import org.hmsach.core.internal.log.Log;
import org.hmsach.core.internal.log.LogSettings;
import org.hmsach.core.internal.machine.Answer;
import org.hmsach.core.internal.machine.Machine;
import org.hmsach.core.internal.view.Views;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A running core: the log, the machine under it and the published views. No OSGi. */
public final class Core implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Core.class);
    private static final Origin SELF = Origin.ofModule("core");

    private final Machine machine;
    private final Views views;
    private final Log<Answer> log;

    private Core(Machine machine, Views views, Log<Answer> log) {
        this.machine = machine;
        this.views = views;
        this.log = log;
    }

    /**
     * Opens the log and names the cluster when it is new.
     *
     * @param requiredRules journalled once when no list was ever set
     * @param progress      told what takes time
     * @param onFailed      told when the log's engine ended by itself; it must then be closed and started anew
     */
    public static Core start(
            LogSettings settings, List<String> requiredRules, Consumer<String> progress, Runnable onFailed) {
        Machine machine = new Machine();
        Views views = new Views(machine);
        Log<Answer> log = AeronLog.start(settings, machine, new AeronLog.Listener() {
            @Override
            public void onProgress(String message) {
                progress.accept(message);
            }

            @Override
            public void onCondition(Condition condition) {
                if (condition.state() == Condition.State.FAILED) {
                    onFailed.run();
                }
            }

            @Override
            public void onRestored() {
                views.publishAll();
            }

            @Override
            public void onApplied() {
                views.publishTouched();
            }
        });
        Core core = new Core(machine, views, log);
        try {
            if (log.condition().isOpen()) {
                core.found(requiredRules);
            }
            return core;
        } catch (RuntimeException e) {
            log.close();
            throw e;
        }
    }

    private void found(List<String> requiredRules) {
        if (views.moment().clusterId() == 0) {
            long clusterId = 1 + (new SecureRandom().nextLong() >>> 17);
            submit(new Genesis(clusterId, Machine.NEWEST_VERSION));
            LOG.info("New cluster {}", Long.toHexString(clusterId));
        }
        if (log.query(machine::machineVersion).join() < Machine.NEWEST_VERSION) {
            submit(new VersionActivation(Machine.NEWEST_VERSION, Machine.NEWEST_VERSION));
            LOG.info("Machine version {} from now on", Machine.NEWEST_VERSION);
        }
        if (!views.rules().requiredRulesSet() && !requiredRules.isEmpty()) {
            submit(new Commands.SetRequiredRules(requiredRules, false));
            LOG.info("Required rules: {}", requiredRules);
        }
    }

    private void submit(Command command) {
        ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
        int length = new CommandCodec().encode(command, SELF, buffer);
        try {
            Applied<Answer> applied = log.submit(buffer, 0, length).join();
            applied.answer().refusal().ifPresent(refusal -> {
                throw new IllegalStateException(command + " was refused: " + refusal.detail());
            });
        } catch (CompletionException e) {
            throw new IllegalStateException("the log does not take " + command, e.getCause());
        }
    }

    Machine machine() {
        return machine;
    }

    Views views() {
        return views;
    }

    Log<Answer> log() {
        return log;
    }

    Condition condition() {
        return log.condition();
    }

    @Override
    public void close() {
        log.close();
    }
}
