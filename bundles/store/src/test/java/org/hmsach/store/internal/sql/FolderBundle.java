package org.hmsach.store.internal.sql;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Proxy;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;

/** A bundle whose entries are the files of a folder, for tests without a framework. */
public final class FolderBundle {
    private FolderBundle() {}

    public static Bundle of(Path folder) {
        return (Bundle) Proxy.newProxyInstance(
                FolderBundle.class.getClassLoader(),
                new Class<?>[] {Bundle.class},
                (proxy, method, args) -> switch (method.getName()) {
                    case "findEntries" -> Collections.enumeration(entries(folder.resolve((String) args[0])));
                    case "getEntry" -> folder.toUri().toURL();
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }

    private static List<URL> entries(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(f -> f.toString().endsWith(".sql"))
                    .sorted()
                    .map(FolderBundle::url)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static URL url(Path file) {
        try {
            return file.toUri().toURL();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
