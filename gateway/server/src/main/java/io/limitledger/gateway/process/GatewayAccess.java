package io.limitledger.gateway.process;

import io.limitledger.gateway.access.AccessBook;
import io.limitledger.gateway.access.AccessSettings;
import io.limitledger.gateway.access.Authenticator;
import io.limitledger.gateway.access.Gatekeeper;
import io.limitledger.gateway.access.TokenAuthenticator;
import io.limitledger.gateway.machine.StartException;
import java.time.Clock;
import java.util.List;

/** Who may do what at a gateway: its gatekeeper, with the tokens and rights that it decides by. */
final class GatewayAccess {
    private final AccessBook book = new AccessBook();
    private final Gatekeeper gatekeeper;

    private GatewayAccess(AccessSettings settings, Clock clock) {
        List<Authenticator> authenticators = settings.ways().stream()
                .sorted()
                .map(way -> authenticator(way, clock))
                .toList();
        this.gatekeeper = settings.isOn() ? new Gatekeeper(authenticators, book::rights) : Gatekeeper.OPEN;
    }

    static GatewayAccess start(AccessSettings settings, Clock clock) {
        return new GatewayAccess(settings, clock);
    }

    private Authenticator authenticator(AccessSettings.Way way, Clock clock) {
        return switch (way) {
            case TOKEN -> new TokenAuthenticator(book, clock, (name, at) -> {});
            case OIDC, MTLS, PROXY ->
                throw new StartException("--auth " + way.word() + " is not possible in this version; use --auth token");
        };
    }

    Gatekeeper gatekeeper() {
        return gatekeeper;
    }
}
