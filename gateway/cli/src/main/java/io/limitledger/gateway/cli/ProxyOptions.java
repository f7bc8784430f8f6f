package io.limitledger.gateway.cli;

import io.limitledger.gateway.access.Network;
import io.limitledger.gateway.access.ProxySettings;
import io.limitledger.gateway.machine.StartException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Reverse proxies: behind them clients are counted one by one, and with {@code --auth proxy} they say who asks. */
final class ProxyOptions {
    @Option(
            names = "--trusted-proxies",
            paramLabel = "ADDRESS[,...]",
            description =
                    "Addresses and networks of the reverse proxies in front, such as 127.0.0.1,10.0.0.0/8. The bounds for"
                            + " one client go by the last address in their X-Forwarded-For; with --auth proxy they also say who asks,"
                            + " and must remove that header from what clients send.")
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

    /** Whether something is said that has no effect unless proxies say who asks. */
    boolean saysHeaders() {
        return groupsHeader != null;
    }

    /**
     * The proxies; none if none is named.
     *
     * @throws StartException if one is not an address
     */
    List<Network> trusted() {
        try {
            return trusted == null ? List.of() : Network.list(trusted);
        } catch (IllegalArgumentException e) {
            throw new StartException("--trusted-proxies is wrong: " + e.getMessage(), e);
        }
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
