package io.limitledger.gateway.process;

import io.limitledger.gateway.access.AccessAdmin;
import io.limitledger.gateway.access.AccessAdmin.NewToken;
import io.limitledger.gateway.access.AccessBook;
import io.limitledger.gateway.access.AccessSettings;
import io.limitledger.gateway.access.Authenticator;
import io.limitledger.gateway.access.CertificateAuthenticator;
import io.limitledger.gateway.access.Gatekeeper;
import io.limitledger.gateway.access.OidcSettings;
import io.limitledger.gateway.access.ProxyAuthenticator;
import io.limitledger.gateway.access.TokenAuthenticator;
import io.limitledger.gateway.access.oidc.OidcAuthenticator;
import io.limitledger.gateway.machine.StartException;
import io.limitledger.timer.SystemTimer;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Who may do what at a gateway: its gatekeeper, with the tokens and rights that it decides by. */
final class GatewayAccess implements AutoCloseable {
    private final AccessBook book = new AccessBook();
    private final AccessSettings settings;
    private final Clock clock;
    private final SystemTimer timer = new SystemTimer("access");
    private final @Nullable KeptAccess kept;
    private final Gatekeeper gatekeeper;
    private @Nullable OidcAuthenticator oidc;

    private GatewayAccess(AccessSettings settings, Map<String, Object> kafka, Clock clock) {
        this.settings = settings;
        this.clock = clock;
        this.kept = settings.isOn() ? KeptAccess.start(settings, kafka, book, clock) : null;
        List<Authenticator> authenticators =
                settings.ways().stream().sorted().map(this::authenticator).toList();
        this.gatekeeper = settings.isOn() ? new Gatekeeper(authenticators, book::rights) : Gatekeeper.OPEN;
    }

    /**
     * Returns when all tokens and rights are known.
     *
     * @throws StartException if a file has mistakes, or Kafka does not answer
     */
    static GatewayAccess start(AccessSettings settings, Map<String, Object> kafka, Clock clock) {
        return new GatewayAccess(settings, kafka, clock);
    }

    private Authenticator authenticator(AccessSettings.Way way) {
        return switch (way) {
            case TOKEN -> new TokenAuthenticator(book, clock, Objects.requireNonNull(kept)::noteUse);
            case OIDC -> startOidc(Objects.requireNonNull(settings.oidc()));
            case MTLS -> new CertificateAuthenticator(clock);
            case PROXY -> new ProxyAuthenticator(Objects.requireNonNull(settings.proxy()));
        };
    }

    private OidcAuthenticator startOidc(OidcSettings provider) {
        try {
            OidcAuthenticator started = OidcAuthenticator.start(provider, clock, timer);
            oidc = started;
            return started;
        } catch (IllegalArgumentException e) {
            throw new StartException("--oidc-ca-file cannot be used: " + e.getMessage(), e);
        }
    }

    Gatekeeper gatekeeper() {
        return gatekeeper;
    }

    /** Null if authentication is off. */
    @Nullable
    AccessAdmin admin() {
        return kept == null ? null : kept.admin();
    }

    /** A token that was created at this start, to be shown once. */
    Optional<NewToken> newToken() {
        return kept == null ? Optional.empty() : kept.newToken();
    }

    boolean isOn() {
        return kept != null;
    }

    /** Whether changes at other gateways are in force here. */
    boolean isReady() {
        return kept == null || kept.isReady();
    }

    @Override
    public void close() {
        if (oidc != null) {
            oidc.close();
        }
        if (kept != null) {
            kept.close();
        }
        timer.close();
    }
}
