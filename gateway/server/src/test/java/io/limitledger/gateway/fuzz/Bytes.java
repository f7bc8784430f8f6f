package io.limitledger.gateway.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;

/** Bytes, one after the other. */
final class Bytes {
    private final ByteArrayOutputStream all = new ByteArrayOutputStream();

    Bytes add(String text) {
        return add(text.getBytes(ISO_8859_1));
    }

    Bytes add(byte[] bytes) {
        return add(bytes, 0, bytes.length);
    }

    Bytes add(byte[] bytes, int from, int length) {
        all.write(bytes, from, length);
        return this;
    }

    byte[] toArray() {
        return all.toByteArray();
    }

    /** To be read, and copied into a test: what is not printable is escaped. */
    static String story(byte[] bytes) {
        StringBuilder story = new StringBuilder();
        for (char character : new String(bytes, ISO_8859_1).toCharArray()) {
            boolean isPlain = character >= ' ' && character < 0x7f;
            story.append(
                    isPlain
                            ? Character.toString(character)
                            : character == '\n'
                                    ? "\\n\n  "
                                    : character == '\r' ? "\\r" : String.format("\\x%02x", (int) character));
        }
        return story.toString();
    }
}
