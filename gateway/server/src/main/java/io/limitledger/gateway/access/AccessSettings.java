package io.limitledger.gateway.access;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the operator says about authentication when a gateway starts.
 *
 * @param ways in which callers may show who they are; none if authentication is off
 * @param accessFile tokens and rights that are kept in a file; null if there is no such file
 * @param adminTokenFile a token that may do everything; made if the file does not exist; null for a token that is printed once at the
 *     first start
 * @param isAdminReplaced whether the token {@code admin} is replaced at this start, and the new one printed
 * @param oidc the identity provider; null if and only if {@code OIDC} is not one of the ways
 * @param proxy the reverse proxies; null if and only if {@code PROXY} is not one of the ways
 */
public record AccessSettings(
        Set<Way> ways,
        @Nullable Path accessFile,
        @Nullable Path adminTokenFile,
        boolean isAdminReplaced,
        @Nullable OidcSettings oidc,
        @Nullable ProxySettings proxy) {
    /** Every client may do everything. */
    public static final AccessSettings OFF = new AccessSettings(Set.of(), null, null, false, null, null);

    /** A way to show who asks. */
    public enum Way {
        /** A secret text that the gateway has given out. */
        TOKEN,
        /** A JWT of a company's identity provider. */
        OIDC,
        /** A client certificate. */
        MTLS,
        /** The word of a reverse proxy. */
        PROXY;

        /** As in {@code --auth}. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public AccessSettings {
        ways = Set.copyOf(ways);
        if (ways.contains(Way.OIDC) != (oidc != null) || ways.contains(Way.PROXY) != (proxy != null)) {
            throw new IllegalArgumentException("Expected settings for just those ways that are accepted, " + ways);
        }
    }

    public boolean isOn() {
        return !ways.isEmpty();
    }
}
