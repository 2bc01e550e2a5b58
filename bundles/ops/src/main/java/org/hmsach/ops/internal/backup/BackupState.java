package org.hmsach.ops.internal.backup;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A backup that is being taken, was taken, or failed.
 *
 * @param name    its name
 * @param folder  where it lies, once it is done
 * @param state   {@code running}, {@code done}, {@code failed}; empty of the one that never was
 * @param details what else is to be told of it, as JSON fields
 */
record BackupState(String name, Path folder, String state, Map<String, Object> details) {
    static final BackupState NONE = new BackupState("", Path.of(""), "", Map.of());
    private static final String RUNNING = "running";

    static BackupState begun(String name, Path folder) {
        return new BackupState(name, folder, RUNNING, Map.of());
    }

    static BackupState found(String name, Path folder, ObjectNode manifest) {
        return begun(name, folder).with("done", details(manifest));
    }

    BackupState at(long doneBytes, long totalBytes) {
        return with(RUNNING, Map.of("doneBytes", doneBytes, "totalBytes", totalBytes));
    }

    BackupState failed(String why) {
        return with("failed", Map.of("why", why));
    }

    BackupState done(ObjectNode manifest, long millis) {
        Map<String, Object> details = details(manifest);
        details.put("millis", millis);
        return with("done", details);
    }

    private static Map<String, Object> details(ObjectNode manifest) {
        Map<String, Object> details = new LinkedHashMap<>();
        manifest.properties().stream()
                .filter(field -> !field.getKey().equals("files"))
                .forEach(field -> details.put(field.getKey(), field.getValue()));
        details.put("files", manifest.path("files").size());
        return details;
    }

    private BackupState with(String newState, Map<String, Object> newDetails) {
        return new BackupState(name, folder, newState, newDetails);
    }

    boolean isRunning() {
        return state.equals(RUNNING);
    }

    Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", name);
        json.put("state", state);
        json.put("folder", folder.toString());
        json.putAll(details);
        return json;
    }
}
