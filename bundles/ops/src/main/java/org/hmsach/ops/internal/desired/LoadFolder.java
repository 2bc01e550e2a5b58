package org.hmsach.ops.internal.desired;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** {@code DATA/load}: what lies in it is the operator's set already, and FileInstall's to install and to take out. */
public final class LoadFolder {
    private final Path folder;

    /** Of a data folder. */
    public LoadFolder(Path data) {
        this.folder = data.toAbsolutePath().normalize().resolve("load");
    }

    /** Whether a bundle of that location lies in it; a location may be any text. */
    public boolean holds(String location) {
        try {
            URI uri = new URI(location);
            return "file".equals(uri.getScheme())
                    && uri.getPath() != null
                    && Path.of(uri.getPath()).normalize().startsWith(folder);
        } catch (URISyntaxException | InvalidPathException e) {
            return false; // no file has such a name
        }
    }
}
