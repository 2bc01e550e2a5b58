package org.hmsach.core.internal.intake;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.OptionalLong;
import org.hmsach.api.intake.ReplaceRequest;
import org.hmsach.api.order.OrderRequest;

/**
 * First 64 bits of SHA-256 over what the client gave: the same request again has the same hash. Part of the log's
 * format.
 */
final class BodyHash {
    private BodyHash() {}

    static long of(OrderRequest request) {
        return hash(String.join(
                "\n",
                "place",
                request.account().toString(),
                request.clientOrderId(),
                request.symbol(),
                request.side().name(),
                request.type().name(),
                request.timeInForce().name(),
                Long.toString(request.qtyE8()),
                text(request.limitPriceE8())));
    }

    static long of(ReplaceRequest request) {
        return hash(String.join(
                "\n",
                "replace",
                request.order().toString(),
                request.clientOrderId(),
                text(request.qtyE8()),
                text(request.limitPriceE8()),
                request.timeInForce().map(Enum::name).orElse("")));
    }

    private static String text(OptionalLong number) {
        return number.isPresent() ? Long.toString(number.getAsLong()) : "";
    }

    private static long hash(String body) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(body.getBytes(StandardCharsets.UTF_8));
            return ByteBuffer.wrap(digest).getLong();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
