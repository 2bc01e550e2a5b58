package org.hmsach.web.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PageTest {
    private static final Path WEB = Path.of("src/main/resources/web");

    @Test
    void allowsExactlyTheImportMapByItsHash() {
        Page page = page("/x.html", "<script type=\"importmap\">{}</script>");
        assertTrue(
                page.policy()
                        .orElseThrow()
                        .contains("script-src 'self' 'sha256-RBNvo1WzZ4oRRq0W9+hknpT7T8If536DEMBg9hyq/4o=';"),
                page.policy().get());
    }

    @Test
    void neverAllowsInlineCode() throws IOException {
        for (Path html : files(".html")) {
            Page page = Page.of(html.toString(), Files.readAllBytes(html)).orElseThrow();
            assertFalse(page.policy().orElseThrow().contains("unsafe"), html.toString());
            String text = Files.readString(html).replaceFirst("<script type=\"importmap\">", "");
            assertFalse(
                    Pattern.compile("<script(?![^>]*src=)[^>]*>").matcher(text).find(), html + " has inline script");
            assertFalse(
                    Pattern.compile("\\son[a-z]+=|style=").matcher(text).find(),
                    html + " has inline handlers or styles");
        }
    }

    @Test
    void tagsContentByItsHash() {
        assertEquals(page("/a.js", "1").etag(), page("/b.js", "1").etag());
        assertNotEquals(page("/a.js", "1").etag(), page("/a.js", "2").etag());
    }

    @Test
    void servesOnlyKnownKinds() {
        assertTrue(Page.of("/a.map", new byte[0]).isEmpty());
    }

    @Test
    void loadsNothingFromElsewhere() throws IOException {
        for (String ending : List.of(".html", ".js", ".css")) {
            for (Path file : files(ending)) {
                assertFalse(Files.readString(file).matches("(?s).*https?://(?!www\\.w3\\.org).*"), file.toString());
            }
        }
    }

    private static Page page(String path, String content) {
        return Page.of(path, content.getBytes(StandardCharsets.UTF_8)).orElseThrow();
    }

    private static List<Path> files(String ending) throws IOException {
        try (Stream<Path> files = Files.walk(WEB)) {
            List<Path> found = files.filter(f -> f.toString().endsWith(ending)).toList();
            assertFalse(found.isEmpty(), "no " + ending);
            return found;
        }
    }
}
