package org.hmsach.identity.internal.secret;

import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;
import org.hmsach.api.refusal.UnavailableException;

/**
 * Argon2id hashes with their parameters in the text, {@code $argon2id$v=19$m=19456,t=2,p=1$salt$hash}. Each takes
 * 19 MiB and tenths of a second, so only so many run at a time. Thread-safe.
 */
public final class Passwords {
    private static final int MEMORY_KIB = 19_456;
    private static final int PASSES = 2;
    private static final int LANES = 1;
    private static final int SALT_BYTES = 16;
    private static final int HASH_BYTES = 32;
    private static final Pattern SHAPE = Pattern.compile("\\$argon2id\\$v=19\\$m=([0-9]{1,7}),t=([0-9]{1,2}),p=([0-9])"
            + "\\$([A-Za-z0-9+/]{1,64})\\$([A-Za-z0-9+/]{1,128})");

    private final SecureRandom random = new SecureRandom();
    private final Semaphore places;
    private final Duration patience;
    private final String nobodys;

    /**
     * @param inFlight most hashes at a time
     * @param patience how long a caller waits for a place before the answer is 503
     */
    public Passwords(int inFlight, Duration patience) {
        this.places = new Semaphore(inFlight, true);
        this.patience = patience;
        // no password gives these random bytes, so none need be hashed for them
        this.nobodys = text(randomBytes(SALT_BYTES), randomBytes(HASH_BYTES));
    }

    /** A new hash. @throws UnavailableException when too many are being made */
    public String hash(char[] password) {
        byte[] salt = randomBytes(SALT_BYTES);
        return text(salt, inTurn(password, salt, new Cost(MEMORY_KIB, PASSES, LANES, HASH_BYTES)));
    }

    private byte[] randomBytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private static String text(byte[] salt, byte[] hash) {
        Base64.Encoder base64 = Base64.getEncoder().withoutPadding();
        return "$argon2id$v=19$m=" + MEMORY_KIB + ",t=" + PASSES + ",p=" + LANES + "$" + base64.encodeToString(salt)
                + "$" + base64.encodeToString(hash);
    }

    /** Whether the password belongs to the hash. @throws UnavailableException when too many are being checked */
    public boolean matches(char[] password, String stored) {
        Matcher parts = parse(stored);
        byte[] expected = Base64.getDecoder().decode(parts.group(5));
        Cost cost = new Cost(
                Integer.parseInt(parts.group(1)),
                Integer.parseInt(parts.group(2)),
                Integer.parseInt(parts.group(3)),
                expected.length);
        return MessageDigest.isEqual(
                expected, inTurn(password, Base64.getDecoder().decode(parts.group(4)), cost));
    }

    /** The same work as {@link #matches} for a login that nobody has, so that time tells nothing. */
    public void pretend(char[] password) {
        matches(password, nobodys);
    }

    /** Whether the hash was made with less work than is asked for today. */
    public boolean isWeak(String stored) {
        Matcher parts = parse(stored);
        return Integer.parseInt(parts.group(1)) < MEMORY_KIB || Integer.parseInt(parts.group(2)) < PASSES;
    }

    private byte[] inTurn(char[] password, byte[] salt, Cost cost) {
        try {
            if (!places.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                throw UnavailableException.core("LOGIN_BUSY", "too many passwords are being checked", 1);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw UnavailableException.core("LOGIN_BUSY", "the check was interrupted", 1);
        }
        try {
            return argon2(password, salt, cost);
        } finally {
            places.release();
        }
    }

    private static byte[] argon2(char[] password, byte[] salt, Cost cost) {
        byte[] bytes = bytes(password);
        try {
            Argon2BytesGenerator generator = new Argon2BytesGenerator();
            generator.init(new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                    .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                    .withMemoryAsKB(cost.memoryKib())
                    .withIterations(cost.passes())
                    .withParallelism(cost.lanes())
                    .withSalt(salt)
                    .build());
            byte[] hash = new byte[cost.hashBytes()];
            generator.generateBytes(bytes, hash);
            return hash;
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
    }

    private static byte[] bytes(char[] password) {
        var buffer = StandardCharsets.UTF_8.encode(CharBuffer.wrap(password));
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        Arrays.fill(buffer.array(), (byte) 0);
        return bytes;
    }

    private static Matcher parse(String stored) {
        Matcher parts = SHAPE.matcher(stored);
        if (!parts.matches()) {
            throw new IllegalStateException("a stored password hash has an unknown shape");
        }
        return parts;
    }

    private record Cost(int memoryKib, int passes, int lanes, int hashBytes) {}
}
