package io.limitledger.gateway.access;

import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reverse proxies that authenticate users and say in a header who asks. They must remove that header from what clients send.
 *
 * @param trusted where they are; others' headers mean nothing
 * @param userHeader such as {@code X-Forwarded-User}
 * @param groupsHeader with names of groups, a comma between them; null to have none
 */
public record ProxySettings(
        List<Network> trusted, String userHeader, @Nullable String groupsHeader) {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9-]+");

    public ProxySettings {
        trusted = List.copyOf(trusted);
        if (trusted.isEmpty()) {
            throw new IllegalArgumentException(
                    "no proxy is trusted; name the addresses from which the header is believed, such as 127.0.0.1");
        }
        if (!isName(userHeader) || (groupsHeader != null && !isName(groupsHeader))) {
            throw new IllegalArgumentException("a header is named such as X-Forwarded-User, and is not Authorization");
        }
    }

    private static boolean isName(String header) {
        return NAME.matcher(header).matches() && !header.equalsIgnoreCase("Authorization");
    }
}
