package org.hmsach.ops.internal.shadow;

import java.util.Optional;
import java.util.UUID;
import org.hmsach.api.order.OrderRequest;

/**
 * The order behind a comparison.
 *
 * @param order its id; empty when it left none
 * @param atMs  when it was judged or accepted, milliseconds since 1970 UTC
 */
record Subject(OrderRequest request, Optional<UUID> order, long atMs) {}
