package io.limitledger.holder;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * The address of a gateway, such as {@code http://127.0.0.1:8080}, and the credentials that came with it. What is thrown
 * and what {@link #toString} returns never shows the credentials, nor an address that may contain some unrecognized.
 *
 * @param url scheme, host, port and path, without a slash at the end
 * @param authorization value of the header of that name, for {@code http://user:password@host}; null without credentials
 */
public record GatewayAddress(String url, @Nullable String authorization) {
    private static final String EXAMPLE = "it must be an address such as http://127.0.0.1:8080";

    /**
     * Reads an address.
     *
     * @throws IllegalArgumentException if it is not one; the message ends a sentence about where it came from
     */
    public static GatewayAddress parse(String text) {
        try {
            return of(new URI(text));
        } catch (URISyntaxException e) {
            // Without its cause, which repeats the text.
            throw new IllegalArgumentException(EXAMPLE + shown(text));
        }
    }

    /**
     * Takes an address apart.
     *
     * @throws IllegalArgumentException if it is not that of a gateway
     */
    public static GatewayAddress of(URI uri) {
        String scheme = String.valueOf(uri.getScheme());
        if (uri.getHost() == null
                || !scheme.matches("(?i)https?")
                || uri.getQuery() != null
                || uri.getFragment() != null) {
            throw new IllegalArgumentException(EXAMPLE + shown(uri.toString()));
        }
        String port = uri.getPort() == -1 ? "" : ":" + uri.getPort();
        String path = uri.getRawPath() == null ? "" : uri.getRawPath().replaceFirst("/+$", "");
        return new GatewayAddress(scheme + "://" + uri.getHost() + port + path, basic(uri.getRawUserInfo()));
    }

    /** Text that may hold a password, in whatever place, is not repeated. */
    private static String shown(String text) {
        return text.contains("@") ? "" : ", not '" + text + "'";
    }

    private static @Nullable String basic(@Nullable String rawUserInfo) {
        if (rawUserInfo == null) {
            return null;
        }
        // A plus is one here, not a space.
        String userInfo = URLDecoder.decode(rawUserInfo.replace("+", "%2B"), StandardCharsets.UTF_8);
        String pair = userInfo.contains(":") ? userInfo : userInfo + ":";
        return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public String toString() {
        return url;
    }
}
