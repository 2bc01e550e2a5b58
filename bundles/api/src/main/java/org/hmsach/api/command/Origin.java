package org.hmsach.api.command;

import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.hmsach.api.id.Shape;

/**
 * Who sent a command and in answer to what.
 *
 * @param principal      the person; {@link #NOBODY} when a module acts by itself
 * @param module         the module that sent it, e.g. {@code "gateway"}, {@code "mfe.exec"}; 1 to 32 of a-z 0-9
 *                dot dash
 * @param requestId      request id of the call, 1 to 64 printable ASCII characters; appears on the tape
 * @param idempotencyKey client-made key for writes other than orders, 1 to 128 printable ASCII characters
 */
public record Origin(UUID principal, String module, String requestId, Optional<String> idempotencyKey) {
    /** Stands for "no person". */
    public static final UUID NOBODY = new UUID(0, 0);

    public Origin {
        Objects.requireNonNull(principal, "principal");
        if (!Shape.isName(module, 32)) {
            throw new IllegalArgumentException("module '" + module + "' does not match [a-z0-9.-]{1,32}");
        }
        if (!Shape.isPrintable(requestId, 64)) {
            throw new IllegalArgumentException("requestId is not 1 to 64 printable ASCII characters");
        }
        Objects.requireNonNull(idempotencyKey, "idempotencyKey");
    }

    /** The origin of a command that a module sends by itself. */
    public static Origin ofModule(String module) {
        return new Origin(NOBODY, module, module, Optional.empty());
    }
}
