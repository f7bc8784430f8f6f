package io.limitledger.gateway.cli;

import io.limitledger.gateway.access.OidcSettings;
import io.limitledger.gateway.machine.StartException;
import java.net.URI;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The identity provider whose users may ask. */
final class OidcOptions {
    @Option(
            names = "--oidc-issuer",
            paramLabel = "URL",
            description = "With --auth oidc: the identity provider, exactly as its tokens name it in 'iss'.")
    private @Nullable String issuer;

    @Option(
            names = "--oidc-audience",
            paramLabel = "NAME",
            description = "With --auth oidc: what its tokens for this gateway have in 'aud'.")
    private @Nullable String audience;

    @Option(
            names = "--oidc-user-claim",
            paramLabel = "CLAIM",
            defaultValue = "sub",
            description = "The claim that names the user, such as email (default: ${DEFAULT-VALUE}).")
    private String userClaim = "sub";

    @Option(
            names = "--oidc-groups-claim",
            paramLabel = "CLAIM",
            description = "The claim with the user's groups, such as groups (default: none).")
    private @Nullable String groupsClaim;

    @Option(
            names = "--oidc-ca-file",
            paramLabel = "FILE",
            description =
                    "PEM file of the authorities of the provider's certificate (default: those that Java trusts).")
    private @Nullable Path caFile;

    boolean isGiven() {
        return Stream.of(issuer, audience, groupsClaim, caFile).anyMatch(one -> one != null);
    }

    /**
     * The provider.
     *
     * @throws StartException if something is missing or wrong
     */
    OidcSettings settings() {
        if (issuer == null || audience == null) {
            throw new StartException(
                    "--auth oidc needs the identity provider: add --oidc-issuer, its address as its tokens have"
                            + " it in 'iss', and --oidc-audience, what they have in 'aud'");
        }
        try {
            return new OidcSettings(URI.create(issuer), audience, userClaim, groupsClaim, caFile);
        } catch (IllegalArgumentException e) {
            throw new StartException("--oidc-issuer or --oidc-audience is wrong: " + e.getMessage(), e);
        }
    }
}
