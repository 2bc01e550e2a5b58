package org.hmsach.bench.swap;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/**
 * The form with which the Web Console takes a bundle.
 *
 * @param type content type
 * @param body as the browser would send it
 */
record ConsoleForm(String type, byte[] body) {
    private static final String BOUNDARY = "hms-swap-bench-7d1c";

    static ConsoleForm upload(String name, byte[] jar) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        Map<String, String> fields =
                new TreeMap<>(Map.of("action", "install", "bundlestart", "start", "bundlestartlevel", "60"));
        for (Map.Entry<String, String> field : fields.entrySet()) {
            text(
                    body,
                    "--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"" + field.getKey() + "\"\r\n\r\n"
                            + field.getValue() + "\r\n");
        }
        text(
                body,
                "--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"bundlefile\"; filename=\"" + name
                        + "\"\r\nContent-Type: application/java-archive\r\n\r\n");
        body.write(jar);
        text(body, "\r\n--" + BOUNDARY + "--\r\n");
        return new ConsoleForm("multipart/form-data; boundary=" + BOUNDARY, body.toByteArray());
    }

    private static void text(ByteArrayOutputStream body, String text) throws IOException {
        body.write(text.getBytes(StandardCharsets.UTF_8));
    }
}
