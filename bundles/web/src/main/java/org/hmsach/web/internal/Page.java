package org.hmsach.web.internal;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One static file with the headers it is served with. */
record Page(byte[] content, String type, String etag, Optional<String> policy) {
    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html;charset=utf-8",
            "js", "text/javascript;charset=utf-8",
            "css", "text/css;charset=utf-8",
            "svg", "image/svg+xml");
    private static final Pattern INLINE = Pattern.compile("<script type=\"importmap\">(.*?)</script>", Pattern.DOTALL);

    /** The page, or empty when files of that kind are not served. */
    static Optional<Page> of(String path, byte[] content) {
        String ending = path.substring(path.lastIndexOf('.') + 1);
        String type = TYPES.get(ending);
        if (type == null) {
            return Optional.empty();
        }
        String etag = '"' + HexFormat.of().formatHex(sha256(content), 0, 16) + '"';
        Optional<String> policy = ending.equals("html") ? Optional.of(policyOf(content)) : Optional.empty();
        return Optional.of(new Page(content, type, etag, policy));
    }

    /** Nothing but our own files runs; the import map is the one inline script, allowed by its hash. */
    private static String policyOf(byte[] html) {
        Matcher inline = INLINE.matcher(new String(html, StandardCharsets.UTF_8));
        String hash = "";
        if (inline.find()) {
            byte[] digest = sha256(inline.group(1).getBytes(StandardCharsets.UTF_8));
            hash = " 'sha256-" + Base64.getEncoder().encodeToString(digest) + "'";
        }
        return "default-src 'none'; script-src 'self'" + hash
                + "; style-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'self';"
                + " base-uri 'none'; frame-ancestors 'none'";
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
