package org.hmsach.core.internal.codec;

import java.time.LocalDate;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.hmsach.core.internal.sbe.OptionalLongDecoder;
import org.hmsach.core.internal.sbe.OptionalLongEncoder;
import org.hmsach.core.internal.sbe.OptionalUuidDecoder;
import org.hmsach.core.internal.sbe.OptionalUuidEncoder;
import org.hmsach.core.internal.sbe.UuidDecoder;
import org.hmsach.core.internal.sbe.UuidEncoder;

/** The small words that all messages are made of. */
final class Words {
    private Words() {}

    static void put(UuidEncoder to, UUID id) {
        to.high(id.getMostSignificantBits()).low(id.getLeastSignificantBits());
    }

    static UUID uuid(UuidDecoder from) {
        return new UUID(from.high(), from.low());
    }

    static void put(OptionalUuidEncoder to, Optional<UUID> id) {
        to.present(flag(id.isPresent()))
                .high(id.map(UUID::getMostSignificantBits).orElse(0L))
                .low(id.map(UUID::getLeastSignificantBits).orElse(0L));
    }

    static Optional<UUID> uuid(OptionalUuidDecoder from) throws MalformedFrameException {
        return flag(from.present()) ? Optional.of(new UUID(from.high(), from.low())) : Optional.empty();
    }

    static void put(OptionalLongEncoder to, OptionalLong value) {
        to.present(flag(value.isPresent())).value(value.orElse(0));
    }

    static OptionalLong optionalLong(OptionalLongDecoder from) throws MalformedFrameException {
        return flag(from.present()) ? OptionalLong.of(from.value()) : OptionalLong.empty();
    }

    static short flag(boolean value) {
        return (short) (value ? 1 : 0);
    }

    static boolean flag(short value) throws MalformedFrameException {
        if (value != 0 && value != 1) {
            throw new MalformedFrameException("flag " + value + " is neither 0 nor 1");
        }
        return value == 1;
    }

    static LocalDate date(long epochDay) {
        return LocalDate.ofEpochDay(epochDay);
    }
}
