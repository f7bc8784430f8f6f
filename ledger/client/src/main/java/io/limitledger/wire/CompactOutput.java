package io.limitledger.wire;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.UUID;

/** Bytes in the making: small numbers take one byte, and larger ones no more than they need. Not safe for use by several threads. */
final class CompactOutput {
    /** Enough for the record of a limit or of a lease with short names. */
    private static final int USUAL_BYTES = 192;

    private final int version;
    private byte[] bytes = new byte[USUAL_BYTES];
    private int length;

    /** @param version form of what is written; its first byte */
    CompactOutput(int version) {
        this.version = version;
        raw(version);
    }

    int version() {
        return version;
    }

    CompactOutput raw(int value) {
        room(1);
        bytes[length++] = (byte) value;
        return this;
    }

    CompactOutput flag(boolean value) {
        return raw(value ? 1 : 0);
    }

    /** Always four bytes. */
    CompactOutput fixed(int value) {
        return raw(value >> 24).raw(value >> 16).raw(value >> 8).raw(value);
    }

    /** Seven bits in each byte, the lowest first; the sign is the lowest bit of all. */
    CompactOutput number(long value) {
        return unsigned((value << 1) ^ (value >> 63));
    }

    private CompactOutput unsigned(long value) {
        room(10);
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            bytes[length++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        bytes[length++] = (byte) rest;
        return this;
    }

    /** Most have few digits, and then the last bits are zeros. */
    CompactOutput fraction(double value) {
        return unsigned(Long.reverse(Double.doubleToRawLongBits(value)));
    }

    CompactOutput text(String text) {
        return block(text.getBytes(StandardCharsets.UTF_8));
    }

    CompactOutput block(byte[] block) {
        unsigned(block.length);
        room(block.length);
        System.arraycopy(block, 0, bytes, length, block.length);
        length += block.length;
        return this;
    }

    CompactOutput id(UUID id) {
        return fixed((int) (id.getMostSignificantBits() >> 32))
                .fixed((int) id.getMostSignificantBits())
                .fixed((int) (id.getLeastSignificantBits() >> 32))
                .fixed((int) id.getLeastSignificantBits());
    }

    byte[] bytes() {
        return Arrays.copyOf(bytes, length);
    }

    private void room(int more) {
        if (length + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + more));
        }
    }
}
