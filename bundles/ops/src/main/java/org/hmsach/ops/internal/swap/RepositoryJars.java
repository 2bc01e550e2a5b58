package org.hmsach.ops.internal.swap;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.hmsach.ops.internal.frame.LauncherService;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Jars of the organisation's repository, which the launcher keeps, instead of an upload. */
@Component(service = RepositoryJars.class)
public final class RepositoryJars {
    private final LauncherService repository;
    private final SwapEngine engine;

    /** Asks the launcher of this framework. */
    @Activate
    public RepositoryJars(BundleContext context, @Reference SwapEngine engine) {
        this.repository = new LauncherService(context, "repository");
        this.engine = engine;
    }

    /** Of a file of this machine, else of {@code NAME/VERSION}. */
    public <T> T useFileOr(String fileOrId, Upload<T> work) throws Refused, IOException, InterruptedException {
        Path file = Path.of(fileOrId);
        if (!Files.isRegularFile(file)) {
            if (file.isAbsolute() || file.getNameCount() != 2) {
                throw new Refused("there is no file " + file);
            }
            return use(fileOrId, work);
        }
        try (InputStream in = Files.newInputStream(file)) {
            return Upload.use(engine, in, work);
        }
    }

    /** Stages a copy of {@code NAME/VERSION}, does the work, deletes the copy. */
    public <T> T use(String id, Upload<T> work) throws Refused, InterruptedException {
        Map<String, String> told =
                repository.ask(id).orElseThrow(() -> new Refused("this framework's launcher keeps no repository"));
        if (told.containsKey("refused")) {
            throw new Refused(told.get("refused"));
        }
        String digest = told.get("digest");
        try (InputStream jar = Files.newInputStream(Path.of(told.get("file")))) {
            return Upload.use(engine, jar, staged -> {
                // what was staged is what was looked at: the file may have changed in between
                if (!staged.digest().equals(digest)) {
                    throw new Refused(id + " was changed while it was read: its digest is " + staged.digest()
                            + ", it was added with " + digest);
                }
                return work.of(staged);
            });
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + told.get("file"), e);
        }
    }
}
