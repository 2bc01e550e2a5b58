package org.hmsach.ops.internal.console;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.hmsach.api.refusal.UnavailableException;
import org.hmsach.ops.internal.swap.Refused;
import org.osgi.framework.Bundle;
import org.osgi.framework.FrameworkUtil;

/** The words behind a command: options with a value, flags, and the rest. */
final class Words {
    private static final String HELP = "--help";
    private static final String JSON = "--json";
    private static final Set<String> FLAGS = Set.of(HELP, JSON, "--stop");

    private final String help;
    private final List<String> plain = new ArrayList<>();
    private final Map<String, String> options = new TreeMap<>();

    private Words(String help) {
        this.help = help;
    }

    static Words of(List<Object> arguments, String help) {
        Words words = new Words(help);
        String open = "";
        for (Object argument : arguments) {
            String word = String.valueOf(argument);
            if (!open.isEmpty()) {
                words.options.put(open, word);
                open = "";
            } else if (FLAGS.contains(word)) {
                words.options.put(word, "");
            } else if (word.startsWith("--")) {
                open = word;
            } else {
                words.plain.add(word);
            }
        }
        if (!open.isEmpty()) {
            words.options.put(open, "");
        }
        return words;
    }

    /** What a command does. */
    interface Work {
        String run() throws Refused, IOException, InterruptedException;
    }

    /** The help where it was asked for or the words are wrong, else the work's answer or why it was refused. */
    String answer(Work work) throws IOException, InterruptedException {
        if (options.containsKey(HELP) || plain.size() != 1) {
            return help;
        }
        try {
            return work.run();
        } catch (Refused e) {
            return "refused: " + e.getMessage();
        } catch (UnavailableException e) {
            return "not now: " + e.getMessage();
        } catch (IllegalStateException e) {
            if (hasGone()) {
                return "not now: this version of ops was replaced meanwhile, ask again";
            }
            throw e;
        }
    }

    /** The framework takes its context from a version that was taken out, also in the middle of a command. */
    private static boolean hasGone() {
        Bundle own = FrameworkUtil.getBundle(Words.class);
        return own != null && own.getState() != Bundle.ACTIVE;
    }

    boolean isJson() {
        return options.containsKey(JSON);
    }

    boolean has(String flag) {
        return options.containsKey(flag);
    }

    /** The one plain word. */
    String only(String what) throws Refused {
        if (plain.size() != 1) {
            throw new Refused("one " + what + " is needed, there are " + plain.size());
        }
        return plain.get(0);
    }

    String option(String name) {
        return options.getOrDefault(name, "");
    }

    long number(String name, long standard) {
        String text = option(name);
        if (!options.containsKey(name)) {
            return standard;
        }
        if (!text.matches("[0-9]{1,9}")) {
            throw new IllegalArgumentException(name + " is '" + text + "', it must be a whole number");
        }
        return Long.parseLong(text);
    }
}
