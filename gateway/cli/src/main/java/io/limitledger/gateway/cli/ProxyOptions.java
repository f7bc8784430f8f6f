package io.limitledger.gateway.cli;

import io.limitledger.gateway.access.Network;
import io.limitledger.gateway.access.ProxySettings;
import io.limitledger.gateway.machine.StartException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Reverse proxies that say who asks. */
final class ProxyOptions {
    @Option(
            names = "--trusted-proxies",
            paramLabel = "ADDRESS[,...]",
            description = "With --auth proxy: addresses and networks of the reverse proxies that say who asks, such as"
                    + " 127.0.0.1,10.0.0.0/8. They must remove the header from what clients send.")
    private @Nullable String trusted;

    @Option(
            names = "--proxy-user-header",
            paramLabel = "NAME",
            defaultValue = "X-Forwarded-User",
            description = "The header that names the user (default: ${DEFAULT-VALUE}).")
    private String userHeader = "X-Forwarded-User";

    @Option(
            names = "--proxy-groups-header",
            paramLabel = "NAME",
            description = "The header with the user's groups, a comma between them (default: none).")
    private @Nullable String groupsHeader;

    boolean isGiven() {
        return trusted != null || groupsHeader != null;
    }

    /**
     * The proxies.
     *
     * @throws StartException if something is missing or wrong
     */
    ProxySettings settings() {
        if (trusted == null) {
            throw new StartException(
                    "--auth proxy needs the addresses of the proxies that are believed: add --trusted-proxies"
                            + " 127.0.0.1, for example");
        }
        try {
            return new ProxySettings(Network.list(trusted), userHeader, groupsHeader);
        } catch (IllegalArgumentException e) {
            throw new StartException(
                    "--trusted-proxies, --proxy-user-header or --proxy-groups-header is wrong: " + e.getMessage(), e);
        }
    }
}
