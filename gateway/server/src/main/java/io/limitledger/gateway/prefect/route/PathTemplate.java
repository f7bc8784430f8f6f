package io.limitledger.gateway.prefect.route;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A path with parameters: {@code {name}} is anything but a slash, {@code {id:uuid}} a UUID, with or without dashes. The
 * slash at the end counts.
 */
final class PathTemplate {
    private static final Pattern PARAMETER = Pattern.compile("\\{(\\w+)(:uuid)?}");
    private static final String UUID =
            "([0-9a-fA-F]{8}-?[0-9a-fA-F]{4}-?[0-9a-fA-F]{4}-?[0-9a-fA-F]{4}-?[0-9a-fA-F]{12})";

    private final String text;
    private final Pattern pattern;
    private final List<String> parameters = new ArrayList<>();

    PathTemplate(String text) {
        this.text = text;
        this.pattern = Pattern.compile(PARAMETER.matcher(text).replaceAll(parameter -> {
            parameters.add(parameter.group(1));
            return Matcher.quoteReplacement(parameter.group(2) == null ? "([^/]+)" : UUID);
        }));
    }

    /** As the web server wants it, to which a parameter is a parameter. */
    String plain() {
        return text.replace(":uuid}", "}");
    }

    /**
     * The parameters in a path, decoded.
     *
     * @param path as it came, so that an encoded slash is none
     * @return null if the path is another
     */
    @Nullable
    Map<String, String> match(String path) {
        Matcher matcher = pattern.matcher(path);
        if (!matcher.matches()) {
            return null;
        }
        Map<String, String> values = new HashMap<>();
        for (int number = 0; number < parameters.size(); number++) {
            String value = decode(matcher.group(number + 1));
            if (value.indexOf('/') >= 0) {
                // The reference decodes first, and then this is another path.
                return null;
            }
            values.put(parameters.get(number), value);
        }
        return values;
    }

    /** Decodes percent-encoding. A percent sign that introduces nothing is a percent sign; a plus is a plus. */
    private static String decode(String text) {
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
