package io.limitledger.gateway.access;

import java.net.URI;
import java.nio.file.Path;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The identity provider of a company, whose JWTs say who asks.
 *
 * @param issuer its address, exactly as its tokens have it in {@code iss}; {@code https}, or {@code http} on this machine
 * @param audience what tokens must have in {@code aud}, so that one that was made for another service is not taken
 * @param userClaim the claim that names the user, such as {@code sub} or {@code email}
 * @param groupsClaim the claim with the user's groups; null to have none
 * @param caFile PEM file of the authorities of the provider's certificate; null for those that Java trusts
 */
public record OidcSettings(
        URI issuer,
        String audience,
        String userClaim,
        @Nullable String groupsClaim,
        @Nullable Path caFile) {
    private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "[::1]");

    public OidcSettings {
        String scheme = String.valueOf(issuer.getScheme());
        boolean isSafe = scheme.equals("https") || (scheme.equals("http") && THIS_MACHINE.contains(issuer.getHost()));
        if (issuer.getHost() == null || !isSafe || issuer.getRawUserInfo() != null || issuer.getRawQuery() != null) {
            throw new IllegalArgumentException(
                    "the issuer must be an https address as the provider's tokens have it, such as"
                            + " https://login.example.com/realm");
        }
        if (audience.isBlank()) {
            throw new IllegalArgumentException("the audience must not be empty: name what the provider's tokens for"
                    + " this gateway have in 'aud', such as limit-ledger");
        }
    }
}
