package org.hmsach.ops.internal.backup;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.hmsach.api.portfolio.CoreControl;
import org.hmsach.api.sql.SqlCopy;
import org.hmsach.ops.internal.swap.Errands;
import org.hmsach.ops.internal.swap.SwapEngine;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes backups of this server, one at a time, each into a folder of its own below the backup folder. SQL first, then
 * the core: what SQL says about people and keys is never newer than what the core decided about them.
 */
@Component(service = Backups.class, configurationPid = "org.hmsach.ops.backup")
public final class Backups {
    private static final Logger LOG = LoggerFactory.getLogger(Backups.class);
    private static final long KEEP_FREE_BYTES = 256L << 20;
    private static final String HALF = ".part";
    /** Copied by its owner, made anew at each start, or of this process only. */
    private static final List<String> NOT_COPIED = List.of("core", "store", "felix", "tmp", "log", "lock", "run.json");

    /** PID org.hmsach.ops.backup. */
    public @interface Config {
        /** Folder of the backups; empty: {@code backups/} in the data folder. */
        String dir() default "";
    }

    private final Sources sources;
    private final Path data;
    private final Path root;
    private final Errands errands;
    private final ExecutorService worker = Executors.newSingleThreadExecutor(task -> new Thread(task, "hmsach-backup"));
    private final AtomicReference<BackupState> latest = new AtomicReference<>(BackupState.NONE);

    /** What is copied by its owners, and who we are. */
    record Sources(CoreControl core, SqlCopy sql, String product) {}

    /** Another backup is being taken, or one of that name is there. */
    static final class Refused extends Exception {
        private static final long serialVersionUID = 1L;

        Refused(String message) {
            super(message);
        }
    }

    @Activate
    public Backups(
            @Reference CoreControl core,
            @Reference SqlCopy sql,
            @Reference SwapEngine engine,
            BundleContext context,
            Config config) {
        this(
                new Sources(core, sql, context.getBundle().getVersion().toString()),
                Path.of(Optional.ofNullable(context.getProperty("hms.data"))
                        .orElseThrow(() -> new IllegalStateException("the property hms.data is not set"))),
                config.dir(),
                engine.errands());
    }

    Backups(Sources sources, Path data, String root, Errands errands) {
        this.sources = sources;
        this.errands = errands;
        this.data = data.toAbsolutePath().normalize();
        this.root = root.isBlank()
                ? this.data.resolve("backups")
                : Path.of(root).toAbsolutePath().normalize();
    }

    /** Begins one. @param name a plain file name */
    BackupState begin(String name) throws Refused {
        Path folder = root.resolve(name);
        BackupState before = latest.get();
        if (before.isRunning()) {
            throw new Refused("backup " + before.name() + " is being taken");
        }
        if (Files.exists(folder)) {
            throw new Refused(folder + " is there already");
        }
        BackupState begun = BackupState.begun(name, folder);
        Errands.Errand errand = errands.begin("backup " + name);
        if (!latest.compareAndSet(before, begun)) {
            errand.close();
            throw new Refused("backup " + latest.get().name() + " is being taken");
        }
        worker.execute(() -> {
            try (errand) {
                run(begun);
            }
        });
        return begun;
    }

    /** The one that runs or ran last, or one that lies in the backup folder. */
    Optional<BackupState> find(String name) throws IOException {
        BackupState state = latest.get();
        if (state.name().equals(name)) {
            return Optional.of(state);
        }
        return Manifest.read(root.resolve(name)).map(json -> BackupState.found(name, root.resolve(name), json));
    }

    /** All that lie in the backup folder, by name. */
    List<BackupState> all() throws IOException {
        if (!Files.isDirectory(root)) {
            return List.of();
        }
        List<String> names;
        try (Stream<Path> folders = Files.list(root)) {
            names = folders.map(f -> f.getFileName().toString())
                    .filter(name -> !name.startsWith("."))
                    .sorted()
                    .toList();
        }
        List<BackupState> found = new ArrayList<>();
        for (String name : names) {
            find(name).ifPresent(found::add);
        }
        return found;
    }

    private void run(BackupState begun) {
        long beganNs = System.nanoTime();
        Path half = root.resolve("." + begun.name() + HALF);
        try {
            Files.createDirectories(root);
            FolderCopy.delete(half);
            FolderCopy.ownerOnly(half);
            ObjectNode manifest = take(begun, half);
            Files.move(half, begun.folder(), StandardCopyOption.ATOMIC_MOVE);
            FolderCopy.force(root);
            long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - beganNs);
            latest.set(begun.done(manifest, millis));
            LOG.info(
                    "Backup {} taken in {} ms: entry {}, event {}, {} bytes",
                    begun.name(),
                    millis,
                    manifest.get("entry"),
                    manifest.get("event"),
                    manifest.get("bytes"));
        } catch (IOException | RuntimeException e) {
            fail(begun, half, e instanceof CompletionException && e.getCause() != null ? e.getCause() : e);
        }
    }

    private void fail(BackupState begun, Path half, Throwable why) {
        LOG.warn("Backup {} failed", begun.name(), why);
        try {
            FolderCopy.delete(half);
        } catch (IOException e) {
            LOG.warn("{} remains and is of no use: {}", half, e.getMessage());
        }
        latest.set(begun.failed(why.getMessage() == null ? why.toString() : why.getMessage()));
    }

    private ObjectNode take(BackupState begun, Path half) throws IOException {
        Path copy = half.resolve("data");
        FolderCopy.ownerOnly(copy);
        Optional<Path> sql = sqlFile();
        if (sql.isPresent()) {
            takeSql(sql.get(), copy);
        }
        CoreControl.Status status = sources.core()
                .copyTo(copy.resolve("core"), (bytes, total) -> latest.set(begun.at(bytes, total)))
                .toCompletableFuture()
                .join();
        Set<Path> without = new HashSet<>(Set.of(root));
        sql.ifPresent(without::add);
        NOT_COPIED.forEach(name -> without.add(data.resolve(name)));
        FolderCopy.copy(data, copy, without);
        String taken = Instant.ofEpochMilli(System.currentTimeMillis()).toString();
        ObjectNode manifest = Manifest.json(
                new Manifest.Contents(status, sql.isPresent(), taken, sources.product()), new FolderCopy(half).seal());
        Manifest.write(half, manifest);
        FolderCopy.force(half);
        return manifest;
    }

    /** Empty when the database is none of this data folder's. */
    private Optional<Path> sqlFile() {
        return sources.sql().file().map(f -> f.toAbsolutePath().normalize()).filter(f -> f.startsWith(data));
    }

    private void takeSql(Path file, Path copy) throws IOException {
        long bytes = Files.size(file);
        long free = Files.getFileStore(copy).getUsableSpace();
        if (free < 2 * bytes + KEEP_FREE_BYTES) {
            throw new IOException("the SQL database has " + bytes + " bytes, its copy needs twice as much for a while,"
                    + " there are " + free + " free in " + root);
        }
        Path target = copy.resolve(data.relativize(file));
        Files.createDirectories(target.getParent());
        sources.sql().copyTo(target);
    }

    /** Lets a backup that runs come to its end or fail with what it copies from. */
    @Deactivate
    void stop() {
        worker.shutdown();
    }
}
