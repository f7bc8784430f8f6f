package io.limitledger.wire;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * Chains the events of a limit: the hash of each is SHA-256 over the hash of the one before and over its own value, byte for
 * byte as it stands in the record. So nobody can change, remove or insert an event without changing every hash after it;
 * and who keeps the last one elsewhere can prove that nobody has.
 */
public final class EventChain {
    private static final HexFormat HEX = HexFormat.of();
    private static final int HASH_BYTES = 32;

    private EventChain() {}

    /**
     * The hash of an event, 64 lower-case hexadecimal digits.
     *
     * @param previous hash of the event before it; null for the first, which follows 32 bytes of zeros
     * @param value of the event's record
     */
    public static String hash(@Nullable String previous, byte[] value) {
        MessageDigest digest = sha256();
        digest.update(previous == null ? new byte[HASH_BYTES] : HEX.parseHex(previous));
        return HEX.formatHex(digest.digest(value));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new LinkageError("Every Java has SHA-256", e);
        }
    }
}
