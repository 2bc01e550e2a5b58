package org.hmsach.ops.internal.swap;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.hmsach.api.module.StateTransform;

/**
 * A module that keeps words in a file: a line each in form 1, in form 2 with its length before it. As the second
 * version offers it.
 */
final class WordFiles implements StateTransform {
    /** What goes wrong. */
    enum Fault {
        NONE,
        UPGRADE_THROWS,
        UPGRADE_HANGS,
        FINISH_THROWS,
        DOWNGRADE_THROWS
    }

    private final Path folder;
    private final CountDownLatch never = new CountDownLatch(1);
    private volatile Fault fault = Fault.NONE;
    private volatile Runnable meanwhile = () -> {};

    WordFiles(Path folder) {
        this.folder = folder;
    }

    void fail(Fault how) {
        fault = how;
    }

    /** What others do while the state goes from one form to the other. */
    void meanwhile(Runnable others) {
        meanwhile = others;
    }

    /** Adds a word, as the version of that form does. */
    void write(long form, String word) {
        try {
            String line = (form == 1 ? word : word.length() + " " + word) + System.lineSeparator();
            Files.writeString(file(form), line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The words, as the version of that form sees them. */
    List<String> words(long form) throws IOException {
        return Files.readAllLines(file(form)).stream()
                .map(line -> line.substring(line.indexOf(' ') + 1))
                .toList();
    }

    boolean exists(long form) {
        return Files.exists(file(form));
    }

    @Override
    public void upgrade(long from) throws IOException, InterruptedException {
        bring(from, 2);
        meanwhile.run();
        if (fault == Fault.UPGRADE_THROWS) {
            throw new IOException("the third word is too long");
        }
        if (fault == Fault.UPGRADE_HANGS) {
            never.await();
        }
    }

    @Override
    public void finishUpgrade(long from) throws IOException {
        if (fault == Fault.FINISH_THROWS) {
            throw new IOException("the last word is too long");
        }
        bring(from, 2);
    }

    @Override
    public void discardUpgrade(long from) throws IOException {
        Files.deleteIfExists(file(2));
    }

    @Override
    public void downgrade(long to) throws IOException {
        if (fault == Fault.DOWNGRADE_THROWS) {
            throw new IOException("the disk is full");
        }
        bring(2, to);
        meanwhile.run();
    }

    @Override
    public void finishDowngrade(long to) throws IOException {
        bring(2, to);
    }

    /** What one file has and the other has not. */
    private void bring(long from, long to) throws IOException {
        if (from == to || !exists(from)) {
            return;
        }
        List<String> missing = new ArrayList<>(words(from));
        if (exists(to)) {
            missing.removeAll(words(to));
        }
        missing.forEach(word -> write(to, word));
    }

    private Path file(long form) {
        return folder.resolve("words." + form);
    }
}
