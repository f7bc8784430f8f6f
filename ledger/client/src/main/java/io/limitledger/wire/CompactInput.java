package io.limitledger.wire;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.UUID;

/**
 * What {@link CompactOutput} wrote, read in the same order. Bytes that it did not write are refused by an {@link
 * IllegalArgumentException}, or give other values; they never take more memory than they are long.
 */
final class CompactInput {
    private static final int BITS = 64;

    private final byte[] bytes;
    private int at;
    private int version;

    CompactInput(byte[] bytes) {
        this.bytes = bytes;
    }

    /** The form of what follows. */
    int version() {
        return version;
    }

    void version(int version) {
        this.version = version;
    }

    int raw() {
        if (at == bytes.length) {
            throw new IllegalArgumentException("Expected more than " + bytes.length + " bytes");
        }
        return bytes[at++];
    }

    boolean flag() {
        int value = raw();
        if (value != 0 && value != 1) {
            throw new IllegalArgumentException("Expected 0 or 1 at byte " + (at - 1) + ", but got " + value);
        }
        return value == 1;
    }

    int fixed() {
        return (raw() << 24) | ((raw() & 0xFF) << 16) | ((raw() & 0xFF) << 8) | (raw() & 0xFF);
    }

    long number() {
        long value = unsigned();
        return (value >>> 1) ^ -(value & 1);
    }

    /** A number that counts or numbers something. */
    int smallNumber() {
        return Math.toIntExact(number());
    }

    private long unsigned() {
        long value = 0;
        for (int shift = 0; shift < BITS; shift += 7) {
            int next = raw();
            value |= (next & 0x7FL) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw new IllegalArgumentException("Expected a number before byte " + at + ", but it has too many digits");
    }

    double fraction() {
        return Double.longBitsToDouble(Long.reverse(unsigned()));
    }

    String text() {
        return new String(block(), StandardCharsets.UTF_8);
    }

    byte[] block() {
        long length = unsigned();
        if (length < 0 || length > bytes.length - at) {
            throw new IllegalArgumentException("Expected " + length + " bytes from byte " + at + " on");
        }
        at += (int) length;
        return Arrays.copyOfRange(bytes, at - (int) length, at);
    }

    UUID id() {
        long most = half();
        return new UUID(most, half());
    }

    private long half() {
        return ((long) fixed() << Integer.SIZE) | (fixed() & 0xFFFF_FFFFL);
    }

    void requireEnd() {
        if (at != bytes.length) {
            throw new IllegalArgumentException("Expected " + at + " bytes, but got " + bytes.length);
        }
    }
}
