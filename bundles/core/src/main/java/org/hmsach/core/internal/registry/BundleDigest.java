package org.hmsach.core.internal.registry;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.osgi.framework.Bundle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** SHA-256 of the jar that a bundle was installed from, when its location is a file that still lies there. */
public final class BundleDigest {
    private static final Logger LOG = LoggerFactory.getLogger(BundleDigest.class);

    private BundleDigest() {}

    /** Hexadecimal; empty when there is no such file. */
    public static String of(Bundle bundle) {
        String location = bundle.getLocation();
        int file = location.indexOf("file:");
        if (file < 0) {
            return "";
        }
        try {
            Path jar = Path.of(new URI(location.substring(file)));
            return Files.isRegularFile(jar) ? sha256(jar) : "";
        } catch (URISyntaxException | IllegalArgumentException | IOException e) {
            LOG.debug("No digest of {}: {}", location, e.getMessage());
            return "";
        }
    }

    private static String sha256(Path jar) throws IOException {
        MessageDigest digest;
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
        try (InputStream in = new DigestInputStream(Files.newInputStream(jar), digest)) {
            in.transferTo(OutputStream.nullOutputStream());
        }
        return HexFormat.of().formatHex(digest.digest());
    }
}
