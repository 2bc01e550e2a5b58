package org.hmsach.trust;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.security.CodeSigner;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.Manifest;

/**
 * A jar of which every entry was read and found to be signed by the same signers.
 *
 * @param manifest its manifest, which the signers signed too
 * @param signers  those who signed every entry; at least one
 */
record JarSigners(Manifest manifest, List<CodeSigner> signers) {

    /** Reads the whole jar. @throws Refused when it is not signed, only partly signed, or changed after signing */
    static JarSigners read(Path path) throws Refused {
        try (JarFile jar = new JarFile(path.toFile(), true)) {
            Manifest manifest = Optional.ofNullable(jar.getManifest())
                    .orElseThrow(() -> new Refused("it is not signed: it has no manifest"));
            Set<String> names = new HashSet<>();
            Set<CodeSigner> common = new LinkedHashSet<>();
            boolean first = true;
            for (JarEntry entry : Collections.list(jar.entries())) {
                plain(entry, names);
                read(jar, entry);
                if (!entry.isDirectory() && !isOfSignature(entry.getName())) {
                    Set<CodeSigner> signers = signers(entry, names(manifest));
                    common = first ? signers : intersection(common, signers);
                    first = false;
                }
            }
            if (common.isEmpty()) {
                throw new Refused("no one has signed all of it");
            }
            return new JarSigners(manifest, List.copyOf(common));
        } catch (SecurityException e) {
            throw new Refused("it was changed after it was signed: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new Refused("it cannot be read: " + e.getMessage(), e);
        }
    }

    /** Readers of one jar must not be able to see different things: no entry twice, one manifest. */
    private static void plain(JarEntry entry, Set<String> names) throws Refused {
        String name = entry.getName();
        if (!names.add(name)) {
            throw new Refused("the entry " + name + " is in the jar twice");
        }
        if (name.equalsIgnoreCase(JarFile.MANIFEST_NAME) && !name.equals(JarFile.MANIFEST_NAME)) {
            throw new Refused("the entry " + name + " is a second manifest");
        }
    }

    private static void read(JarFile jar, JarEntry entry) throws IOException {
        try (InputStream in = jar.getInputStream(entry)) {
            in.transferTo(OutputStream.nullOutputStream());
        }
    }

    private static Set<CodeSigner> signers(JarEntry entry, Set<String> listed) throws Refused {
        CodeSigner[] signers = entry.getCodeSigners();
        if (signers == null) {
            throw new Refused(
                    listed.isEmpty()
                            ? "it is not signed"
                            : "the entry " + entry.getName() + " is not signed, or with an algorithm that is too weak");
        }
        return new LinkedHashSet<>(List.of(signers));
    }

    private static Set<String> names(Manifest manifest) {
        return manifest.getEntries().keySet();
    }

    private static Set<CodeSigner> intersection(Set<CodeSigner> one, Set<CodeSigner> other) {
        Set<CodeSigner> both = new LinkedHashSet<>(one);
        both.retainAll(other);
        return both;
    }

    private static boolean isOfSignature(String name) {
        String upper = name.toUpperCase(Locale.ROOT);
        if (!upper.startsWith("META-INF/") || upper.indexOf('/', "META-INF/".length()) >= 0) {
            return false;
        }
        return upper.equals(JarFile.MANIFEST_NAME)
                || upper.matches(".*\\.(SF|RSA|DSA|EC)")
                || upper.startsWith("META-INF/SIG-");
    }
}
