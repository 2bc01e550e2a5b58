package org.hmsach.ops.internal.console;

import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.CommandSessionListener;
import org.apache.felix.service.command.Function;
import org.hmsach.ops.internal.modules.ModuleList;
import org.hmsach.ops.internal.shadow.ShadowDesk;
import org.hmsach.ops.internal.shadow.ShadowReport;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the tab key offers behind our commands, told to each interactive shell once its own completions are there. */
@Component(service = CommandSessionListener.class)
public final class Completions implements CommandSessionListener {
    private static final Logger LOG = LoggerFactory.getLogger(Completions.class);
    /** The shell's own map; a session without a person has none. */
    private static final String READY = ".completions";

    private static final String TOLD = ".hms.completions";
    private static final String MODULES = "__hms_modules";
    private static final String SHADOWS = "__hms_shadows";
    private static final String FILES = "__files";
    private static final String PERSON = "login";
    private static final String REASON = "why";
    private static final String PROBATION = "watch-ms";

    private record Command(String name, String says, String offers, List<String> options) {}

    private static final List<Command> COMMANDS = List.of(
            new Command("module-preview", "What a jar would change", FILES, List.of()),
            new Command("module-update", "Replaces a module side by side", FILES, List.of(REASON, PROBATION)),
            new Command("module-rollback", "Brings the version before back", MODULES, List.of(REASON, PROBATION)),
            new Command("module-remove", "Takes a module out", MODULES, List.of(REASON)),
            new Command("module-diag", "What runs, and all that was done to it", MODULES, List.of()),
            new Command("module-shadow", "Stages a jar, or shows a report", SHADOWS, List.of(PERSON, REASON, "stop")),
            new Command("module-promote", "Moves callers to a shadow", SHADOWS, List.of(PERSON, REASON, PROBATION)));

    private final Supplier<List<String>> modules;
    private final Supplier<List<String>> shadows;

    /** Over what runs. */
    @Activate
    public Completions(@Reference ModuleList list, @Reference ShadowDesk desk) {
        this(
                () -> list.rows().stream()
                        .map(row -> row.get("symbolicName").toString())
                        .filter(name -> !name.isEmpty())
                        .distinct()
                        .toList(),
                () -> desk.reports().stream()
                        .filter(ShadowReport::goesOn)
                        .map(ShadowReport::id)
                        .toList());
    }

    Completions(Supplier<List<String>> modules, Supplier<List<String>> shadows) {
        this.modules = modules;
        this.shadows = shadows;
    }

    @Override
    public void beforeExecute(CommandSession session, CharSequence command) {
        // the shell's own completions come first
    }

    @Override
    public void afterExecute(CommandSession session, CharSequence command, Exception exception) {
        tell(session);
    }

    @Override
    public void afterExecute(CommandSession session, CharSequence command, Object result) {
        tell(session);
    }

    private void tell(CommandSession session) {
        if (!(session.get(READY) instanceof Map) || session.get(TOLD) != null) {
            return;
        }
        session.put(TOLD, true);
        session.put(MODULES, (Function) (asked, arguments) -> modules.get());
        session.put(SHADOWS, (Function) (asked, arguments) -> shadows.get());
        try {
            session.execute(script());
        } catch (Exception e) { // what the shell declares; without completions it works all the same
            LOG.warn("the shell does not take our completions", e);
        }
    }

    private static String script() {
        StringBuilder script = new StringBuilder();
        for (Command one : COMMANDS) {
            String begin = "complete -c hms:" + one.name();
            script.append(begin).append(" -e\n");
            script.append(begin).append(" -d \"").append(one.says()).append("\"\n");
            script.append(begin).append(" -l json --description \"As JSON\"\n");
            script.append(begin).append(" -l help --description \"How it is used, with an example\"\n");
            one.options()
                    .forEach(option ->
                            script.append(begin).append(" -l ").append(option).append('\n'));
            script.append(begin).append(" -a '").append(one.offers()).append("'\n");
        }
        return script.toString();
    }
}
