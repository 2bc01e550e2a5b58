package org.hmsach.api.transfer;

import java.time.LocalDate;
import java.util.UUID;
import org.hmsach.api.money.Money;

/**
 * A transfer as it stands after one log entry. Immutable.
 *
 * @param id           UUIDv8
 * @param account      the account
 * @param direction    in or out
 * @param amount       above 0
 * @param rail         name of the payment rail, e.g. {@code "operator"}
 * @param state        where it is
 * @param detail       why it was rejected or returned, or what the rail said; may be empty; at most 200 characters
 * @param businessDate business date of the request
 * @param createdMs    entry time of the request, milliseconds since 1970 UTC
 * @param updatedMs    entry time of the last change, milliseconds since 1970 UTC
 */
public record Transfer(
        UUID id,
        UUID account,
        Direction direction,
        Money amount,
        String rail,
        TransferState state,
        String detail,
        LocalDate businessDate,
        long createdMs,
        long updatedMs) {}
