package org.hmsach.core.internal.codec;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import org.hmsach.api.command.Cause;
import org.hmsach.api.command.Origin;
import org.hmsach.api.instrument.Instrument;
import org.hmsach.api.instrument.InstrumentStatus;
import org.hmsach.api.money.Currency;
import org.hmsach.api.order.OrderRequest;
import org.hmsach.api.order.OrderType;
import org.hmsach.api.order.Side;
import org.hmsach.api.order.TimeInForce;
import org.hmsach.api.refusal.Reason;
import org.hmsach.api.rule.Limits;
import org.hmsach.api.rule.ReferencePrice;
import org.hmsach.api.rule.Verdict;

/** Makes random instances of records from their components, so that no record can be forgotten. */
public final class RandomRecords {
    private final Random random;

    public RandomRecords(long seed) {
        random = new Random(seed);
    }

    /** A random instance of a record. */
    public <T> T make(Class<T> type) {
        return type.cast(value(type));
    }

    private Object value(Type type) {
        if (type instanceof ParameterizedType p) {
            return container((Class<?>) p.getRawType(), p.getActualTypeArguments());
        }
        Class<?> c = (Class<?>) type;
        if (c == long.class) {
            return random.nextInt(4) == 0 ? random.nextLong() : random.nextInt(1_000_000);
        } else if (c == int.class) {
            return random.nextInt();
        } else if (c == boolean.class) {
            return random.nextBoolean();
        } else if (c == String.class) {
            return text(random.nextInt(30));
        } else if (c == UUID.class) {
            return random.nextInt(5) == 0 ? new UUID(0, 0) : new UUID(random.nextLong(), random.nextLong());
        } else if (c == LocalDate.class) {
            return LocalDate.ofEpochDay(random.nextInt(40_000));
        } else if (c == OptionalLong.class) {
            return random.nextBoolean() ? OptionalLong.of(random.nextLong()) : OptionalLong.empty();
        } else if (c.isEnum()) {
            return c.getEnumConstants()[random.nextInt(c.getEnumConstants().length)];
        }
        return constrained(c);
    }

    private Object container(Class<?> raw, Type[] arguments) {
        if (raw == Optional.class) {
            return random.nextBoolean() ? Optional.of(value(arguments[0])) : Optional.empty();
        } else if (raw == List.class) {
            List<Object> list = new ArrayList<>();
            for (int n = random.nextInt(4); n > 0; n--) {
                list.add(value(arguments[0]));
            }
            return list;
        } else if (raw == Map.class) {
            Map<String, String> map = new TreeMap<>();
            for (int n = random.nextInt(4); n > 0; n--) {
                map.put(text(1 + random.nextInt(20)), text(random.nextInt(20)));
            }
            return map;
        }
        throw new IllegalArgumentException("no generator for " + raw);
    }

    private Object constrained(Class<?> c) {
        if (c == Cause.class) {
            return new Cause(name(), random.nextLong() & Long.MAX_VALUE, random.nextInt(1_000_001));
        } else if (c == Origin.class) {
            Optional<String> key = random.nextBoolean() ? Optional.of(name()) : Optional.empty();
            return new Origin(new UUID(random.nextLong(), random.nextLong()), name(), name(), key);
        } else if (c == Currency.class) {
            return new Currency(random.nextBoolean() ? "USD" : "JPY", random.nextInt(5));
        } else if (c == ReferencePrice.class) {
            return new ReferencePrice(1 + random.nextInt(1_000_000), "s" + text(20), random.nextLong());
        } else if (c == Instrument.class) {
            InstrumentStatus status = (InstrumentStatus) value(InstrumentStatus.class);
            return new Instrument("A.B-" + random.nextInt(99), Currency.USD, 1 + random.nextInt(9), 7, status, name());
        } else if (c == Limits.class) {
            return new Limits(5, Limits.NONE, random.nextInt(9), 3, 1 + random.nextInt(9), random.nextInt(9));
        } else if (c == Verdict.class) {
            Map<String, String> inputs = Map.of(text(1 + random.nextInt(9)), text(random.nextInt(9)));
            return new Verdict(name(), random.nextBoolean(), (Reason) value(Reason.class), text(5), text(50), inputs);
        } else if (c == OrderRequest.class) {
            return request();
        }
        return record(c);
    }

    private OrderRequest request() {
        boolean limit = random.nextBoolean();
        return new OrderRequest(
                new UUID(random.nextLong(), random.nextLong()),
                name(),
                text(8),
                (Side) value(Side.class),
                limit ? OrderType.LIMIT : OrderType.MARKET,
                (TimeInForce) value(TimeInForce.class),
                1 + random.nextInt(1_000_000),
                limit ? OptionalLong.of(1 + random.nextInt(1_000_000)) : OptionalLong.empty());
    }

    private Object record(Class<?> c) {
        RecordComponent[] components = c.getRecordComponents();
        Class<?>[] types = new Class<?>[components.length];
        Object[] values = new Object[components.length];
        for (int i = 0; i < components.length; i++) {
            types[i] = components[i].getType();
            values[i] = value(components[i].getGenericType());
        }
        try {
            var constructor = c.getDeclaredConstructor(types);
            return constructor.newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("cannot make a " + c, e);
        }
    }

    private String name() {
        StringBuilder name = new StringBuilder();
        for (int n = 1 + random.nextInt(12); n > 0; n--) {
            name.append((char) ('a' + random.nextInt(26)));
        }
        return name.toString();
    }

    private String text(int length) {
        StringBuilder text = new StringBuilder();
        for (int n = length; n > 0; n--) {
            text.append(random.nextInt(6) == 0 ? 'ä' : (char) (' ' + random.nextInt(95)));
        }
        return text.toString();
    }
}
