package org.hmsach.bench.swap;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarInputStream;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import org.hmsach.bench.swap.bad.Decaying;
import org.hmsach.bench.swap.bad.Hanging;
import org.hmsach.bench.swap.bad.Throwing;
import org.hmsach.bench.swap.bad.Unhealthy;

/** Further versions of a shipped module: the same code under another version, or with something bad in it. */
final class ModuleJars {
    private static final String IMPORTS = "Import-Package";
    private static final String NEEDED = "org.osgi.framework,org.apache.felix.hc.api";

    /** What can be wrong with an update. */
    enum Fault {
        DOES_NOT_RESOLVE,
        THROWS,
        UNHEALTHY,
        HANGS,
        DECAYS;

        /** Whether it is refused only when its time is up. */
        boolean isWaitedFor() {
            return this == UNHEALTHY || this == HANGS;
        }

        private Optional<Class<?>> activator() {
            return switch (this) {
                case DOES_NOT_RESOLVE -> Optional.empty();
                case THROWS -> Optional.of(Throwing.class);
                case UNHEALTHY -> Optional.of(Unhealthy.class);
                case HANGS -> Optional.of(Hanging.class);
                case DECAYS -> Optional.of(Decaying.class);
            };
        }
    }

    private final String module;
    private final Path shipped;

    /** @param home the distribution */
    ModuleJars(Path home, String module) throws IOException {
        this.module = module;
        try (Stream<Path> files = Files.walk(home.resolve("repo"))) {
            List<Path> found = files.filter(
                            file -> file.getFileName().toString().startsWith(module + "-"))
                    .filter(file -> file.getFileName().toString().endsWith(".jar"))
                    .toList();
            if (found.size() != 1) {
                throw new IOException(home + " has " + found.size() + " jars of " + module);
            }
            shipped = found.get(0);
        }
    }

    /** Symbolic name. */
    String module() {
        return module;
    }

    /** A sound one. */
    byte[] version(String version) throws IOException {
        return rewrap(version, Optional.empty());
    }

    /** A bad one. */
    byte[] bad(String version, Fault fault) throws IOException {
        return rewrap(version, Optional.of(fault));
    }

    private byte[] rewrap(String version, Optional<Fault> fault) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JarInputStream in = new JarInputStream(Files.newInputStream(shipped))) {
            Manifest manifest = in.getManifest();
            Attributes main = manifest.getMainAttributes();
            main.putValue("Bundle-Version", version);
            fault.ifPresent(one -> spoil(main, one));
            try (JarOutputStream out = new JarOutputStream(bytes, manifest)) {
                for (JarEntry entry = in.getNextJarEntry(); entry != null; entry = in.getNextJarEntry()) {
                    out.putNextEntry(new JarEntry(entry.getName()));
                    in.transferTo(out);
                }
                Optional<Class<?>> activator = fault.flatMap(Fault::activator);
                if (activator.isPresent()) {
                    add(out, activator.get());
                }
            }
        }
        return bytes.toByteArray();
    }

    private static void spoil(Attributes main, Fault fault) {
        StringBuilder imports =
                new StringBuilder(Optional.ofNullable(main.getValue(IMPORTS)).orElse(""));
        for (String one : (fault == Fault.DOES_NOT_RESOLVE ? "org.hmsach.not.there" : NEEDED).split(",")) {
            if (!imports.toString().matches("(?s)(.*,)?" + one.replace(".", "\\.") + "([;,].*)?")) {
                imports.append(imports.length() == 0 ? "" : ",").append(one);
            }
        }
        main.putValue(IMPORTS, imports.toString());
        fault.activator().ifPresent(activator -> main.putValue("Bundle-Activator", activator.getName()));
    }

    private static void add(JarOutputStream out, Class<?> type) throws IOException {
        String entry = type.getName().replace('.', '/') + ".class";
        out.putNextEntry(new JarEntry(entry));
        try (InputStream code = type.getClassLoader().getResourceAsStream(entry)) {
            code.transferTo(out);
        }
    }
}
