package io.limitledger.gateway.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Locale;
import java.util.Map;

/**
 * What came back.
 *
 * @param headers by their names in lower case
 * @param content the body, each byte as one character
 */
record RawAnswer(int status, Map<String, String> headers, String content) {
    byte[] body() {
        return content.getBytes(ISO_8859_1);
    }

    String header(String name) {
        return headers.getOrDefault(name, "");
    }

    boolean isStream() {
        return header("content-type").startsWith("text/event-stream");
    }

    /** After it nothing comes that a client of HTTP could read, or nothing at all. */
    boolean isLast() {
        return status == 101
                || isStream()
                || header("connection").toLowerCase(Locale.ROOT).contains("close");
    }

    @Override
    public String toString() {
        return status + " " + headers + "\n  " + Bytes.story(body());
    }
}
