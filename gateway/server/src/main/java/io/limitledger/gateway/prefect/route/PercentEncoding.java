package io.limitledger.gateway.prefect.route;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Reads what stands encoded in a path. A percent sign that introduces nothing is a percent sign; a plus is a plus. */
final class PercentEncoding {
    private PercentEncoding() {}

    static String decode(String text) {
        if (text.indexOf('%') < 0) {
            return text;
        }
        byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream decoded = new ByteArrayOutputStream(encoded.length);
        for (int at = 0; at < encoded.length; at++) {
            boolean isEncoded = encoded[at] == '%' && digit(encoded, at + 1) >= 0 && digit(encoded, at + 2) >= 0;
            decoded.write(isEncoded ? digit(encoded, at + 1) * 16 + digit(encoded, at + 2) : encoded[at]);
            at += isEncoded ? 2 : 0;
        }
        return decoded.toString(StandardCharsets.UTF_8);
    }

    private static int digit(byte[] text, int at) {
        return at < text.length ? Character.digit(text[at], 16) : -1;
    }
}
