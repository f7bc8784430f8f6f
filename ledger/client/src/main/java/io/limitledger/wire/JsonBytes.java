package io.limitledger.wire;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * JSON in the making, field by field and without white space. Text that would have to be escaped is not written, and {@link
 * #bytes()} is then null. Names of fields are plain ASCII. Not safe for use by several threads.
 */
final class JsonBytes {
    /** Holds the event of a grant, which is the largest that is usual. */
    private static final int USUAL_BYTES = 512;

    private static final byte[] DIGITS = "0123456789abcdef".getBytes(StandardCharsets.ISO_8859_1);
    private static final int LONGEST_NUMBER = 20;
    private static final int UUID_CHARACTERS = 36;

    private byte[] bytes = new byte[USUAL_BYTES];
    private int length;
    private boolean isUsual = true;
    private boolean isFirst = true;
    private long lastMillis;
    private @Nullable String lastTime;

    JsonBytes begin() {
        room(1);
        bytes[length++] = '{';
        isFirst = true;
        return this;
    }

    JsonBytes end() {
        room(1);
        bytes[length++] = '}';
        isFirst = false;
        return this;
    }

    JsonBytes object(String name) {
        name(name);
        return begin();
    }

    /** An array of objects. */
    JsonBytes array(String name) {
        name(name);
        room(1);
        bytes[length++] = '[';
        isFirst = true;
        return this;
    }

    /** The next object of an array. */
    JsonBytes element() {
        if (!isFirst) {
            room(1);
            bytes[length++] = ',';
        }
        return begin();
    }

    JsonBytes endArray() {
        room(1);
        bytes[length++] = ']';
        isFirst = false;
        return this;
    }

    JsonBytes text(String name, String value) {
        name(name);
        quoted(value);
        return this;
    }

    JsonBytes texts(String name, List<String> values) {
        name(name);
        char before = '[';
        for (String value : values) {
            room(1);
            bytes[length++] = (byte) before;
            quoted(value);
            before = ',';
        }
        room(1);
        bytes[length++] = ']';
        return this;
    }

    /** JSON that is already written, and is written as it is. */
    JsonBytes raw(String name, String value) {
        name(name);
        byte[] text = value.getBytes(StandardCharsets.UTF_8);
        room(text.length);
        System.arraycopy(text, 0, bytes, length, text.length);
        length += text.length;
        return this;
    }

    /** An invalid command may lack its id. */
    JsonBytes id(String name, @Nullable UUID id) {
        if (id == null) {
            isUsual = false;
            return this;
        }
        name(name);
        room(UUID_CHARACTERS + 2);
        bytes[length++] = '"';
        long most = id.getMostSignificantBits();
        long least = id.getLeastSignificantBits();
        hex(most >>> 32, 8);
        bytes[length++] = '-';
        hex(most >>> 16, 4);
        bytes[length++] = '-';
        hex(most, 4);
        bytes[length++] = '-';
        hex(least >>> 48, 4);
        bytes[length++] = '-';
        hex(least, 12);
        bytes[length++] = '"';
        return this;
    }

    private void hex(long bits, int digits) {
        for (int shift = 4 * (digits - 1); shift >= 0; shift -= 4) {
            bytes[length++] = DIGITS[(int) (bits >>> shift) & 0xF];
        }
    }

    JsonBytes number(String name, long value) {
        name(name);
        digits(value);
        return this;
    }

    JsonBytes numberUnlessZero(String name, long value) {
        return value == 0 ? this : number(name, value);
    }

    JsonBytes number(String name, double value) {
        name(name);
        isUsual &= Double.isFinite(value);
        ascii(Double.toString(value));
        return this;
    }

    JsonBytes seconds(String name, long millis) {
        name(name);
        if (millis % 1_000 == 0) {
            digits(millis / 1_000);
        } else {
            ascii(SecondsJson.seconds(millis).toString());
        }
        return this;
    }

    /** Most times of a record are the same. */
    JsonBytes time(String name, long epochMillis) {
        name(name);
        if (lastTime == null || epochMillis != lastMillis) {
            lastMillis = epochMillis;
            lastTime = '"' + TimeText.write(epochMillis) + '"';
        }
        ascii(lastTime);
        return this;
    }

    /** Null if something had to be escaped. */
    byte @Nullable [] bytes() {
        return isUsual ? Arrays.copyOf(bytes, length) : null;
    }

    private void name(String name) {
        room(name.length() + 4);
        if (!isFirst) {
            bytes[length++] = ',';
        }
        isFirst = false;
        bytes[length++] = '"';
        ascii(name);
        bytes[length++] = '"';
        bytes[length++] = ':';
    }

    private void quoted(String text) {
        room(text.length() + 2);
        bytes[length++] = '"';
        for (int i = 0; i < text.length(); i++) {
            char character = text.charAt(i);
            isUsual &= UsualCommandReader.isPlain(character);
            bytes[length++] = (byte) character;
        }
        bytes[length++] = '"';
    }

    private void digits(long value) {
        if (value < 0) {
            ascii(Long.toString(value));
            return;
        }
        room(LONGEST_NUMBER);
        int digits = 1;
        for (long rest = value; rest >= 10; rest /= 10) {
            digits++;
        }
        long rest = value;
        for (int i = length + digits - 1; i >= length; i--) {
            bytes[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        length += digits;
    }

    @SuppressWarnings("deprecation") // Copies the lower byte of each character, which is all that these have.
    private void ascii(String text) {
        room(text.length());
        text.getBytes(0, text.length(), bytes, length);
        length += text.length();
    }

    private void room(int more) {
        if (length + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + more));
        }
    }
}
