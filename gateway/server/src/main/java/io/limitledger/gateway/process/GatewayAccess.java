package io.limitledger.gateway.process;

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
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Who may do what at a gateway: its gatekeeper, with the tokens and rights that it decides by. */
final class GatewayAccess implements AutoCloseable {
    private final AccessBook book = new AccessBook();
    private final AccessSettings settings;
    private final Clock clock;
    private final SystemTimer timer = new SystemTimer("access");
    private final Gatekeeper gatekeeper;
    private @Nullable OidcAuthenticator oidc;

    private GatewayAccess(AccessSettings settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
        List<Authenticator> authenticators =
                settings.ways().stream().sorted().map(this::authenticator).toList();
        this.gatekeeper = settings.isOn() ? new Gatekeeper(authenticators, book::rights) : Gatekeeper.OPEN;
    }

    static GatewayAccess start(AccessSettings settings, Clock clock) {
        return new GatewayAccess(settings, clock);
    }

    private Authenticator authenticator(AccessSettings.Way way) {
        return switch (way) {
            case TOKEN -> new TokenAuthenticator(book, clock, (name, at) -> {});
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

    @Override
    public void close() {
        if (oidc != null) {
            oidc.close();
        }
        timer.close();
    }
}
