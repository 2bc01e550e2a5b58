package org.hmsach.ops.internal.desired;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoadFolderTest {
    @TempDir
    Path data;

    @Test
    void knowsAFileInItHoweverItsPlaceIsWritten() {
        LoadFolder load = new LoadFolder(data);
        Path jar = data.resolve("load/a vendor's.jar");
        assertTrue(load.holds(jar.toUri().toString()), "as java.nio writes it");
        assertTrue(load.holds(jar.toFile().toURI().toString()), "as FileInstall writes it");
        assertFalse(load.holds(data.resolve("loader/x.jar").toUri().toString()));
        assertFalse(load.holds(data.resolve("load/../x.jar").toUri().toString()));
    }

    @Test
    void takesAnyTextForALocation() {
        LoadFolder load = new LoadFolder(data);
        assertFalse(load.holds("file:vendor.jar"));
        assertFalse(load.holds("hms:beside:a@1#2"));
        assertFalse(load.holds("not a place"));
        assertFalse(load.holds("file:/a%00b"));
        assertFalse(load.holds(""));
    }
}
