package io.limitledger.gateway.cli;

import io.limitledger.gateway.access.AccessSettings;
import io.limitledger.gateway.access.Network;
import io.limitledger.gateway.http.server.Site;
import io.limitledger.gateway.machine.ListenAddress;
import io.limitledger.gateway.machine.StartException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How callers of a gateway show who they are, and where their rights are kept. */
final class AuthOptions {
    @Option(
            names = "--auth",
            split = ",",
            paramLabel = "WAY",
            description =
                    "How callers show who they are: token, oidc, mtls or proxy, or several with a comma between them."
                            + " Then every caller may do only what tokens and rights allow. Without it every caller may do"
                            + " everything.")
    private Set<AccessSettings.Way> ways = EnumSet.noneOf(AccessSettings.Way.class);

    @Option(
            names = "--insecure-no-auth",
            description = "Listen where other machines reach it although there is no authentication:"
                    + " then every client that does may read and change all limits and leases.")
    private boolean insecure;

    @Option(
            names = "--access-file",
            paramLabel = "FILE",
            description =
                    "YAML with rights and tokens (as SHA-256), besides those that are set at run time; followed when it"
                            + " changes.")
    private @Nullable Path accessFile;

    @Option(
            names = "--admin-token-file",
            paramLabel = "FILE",
            description = "A file with a token that may do everything; made with a new token if it does not exist.")
    private @Nullable Path adminTokenFile;

    @Option(
            names = "--new-admin-token",
            description =
                    "Replace the token 'admin', and print the new one: the way back if no administrator has a token"
                            + " any more.")
    private boolean newAdminToken;

    @Mixin
    private OidcOptions oidc = new OidcOptions();

    @Mixin
    private ProxyOptions proxy = new ProxyOptions();

    @Option(
            names = "--public-url",
            paramLabel = "URL",
            description =
                    "Where clients reach this gateway by another name than its own addresses, as through a reverse"
                            + " proxy: https://limits.example.com. May be given several times. Requests for other names"
                            + " are refused.")
    private List<String> publicUrls = new ArrayList<>();

    @Option(
            names = "--allowed-origins",
            split = ",",
            paramLabel = "ORIGIN",
            description =
                    "Whose web pages may use this gateway from a browser (CORS) although they are not its own, such as"
                            + " http://localhost:3000, with a comma between them.")
    private List<String> allowedOrigins = new ArrayList<>();

    /** By which names clients reach the gateway, and which pages may use it. */
    Site site() {
        return site(publicUrls, allowedOrigins);
    }

    static Site site(List<String> publicUrls, List<String> allowedOrigins) {
        try {
            return Site.of(publicUrls, allowedOrigins);
        } catch (IllegalArgumentException e) {
            throw new StartException("--public-url or --allowed-origins: " + e.getMessage());
        }
    }

    /**
     * What was said about authentication when the gateway was started.
     *
     * @param asksClients whether clients are asked for certificates
     */
    AccessSettings settings(boolean asksClients) {
        if (ways.isEmpty()) {
            requireAuth("--access-file", accessFile != null);
            requireAuth("--admin-token-file", adminTokenFile != null);
            requireAuth("--new-admin-token", newAdminToken);
        }
        if (!ways.contains(AccessSettings.Way.TOKEN)) {
            requireTokens("--admin-token-file", adminTokenFile != null);
            requireTokens("--new-admin-token", newAdminToken);
        }
        requireWay(AccessSettings.Way.OIDC, "--oidc-issuer and its like have", oidc.isGiven());
        requireWay(AccessSettings.Way.PROXY, "--proxy-groups-header has", proxy.saysHeaders());
        if (ways.contains(AccessSettings.Way.MTLS) && !asksClients) {
            throw new StartException(
                    "--auth mtls needs TLS and the authorities of clients' certificates: add --tls-cert,"
                            + " --tls-key and --tls-client-ca");
        }
        return new AccessSettings(
                ways,
                accessFile,
                adminTokenFile,
                newAdminToken,
                ways.contains(AccessSettings.Way.OIDC) ? oidc.settings() : null,
                ways.contains(AccessSettings.Way.PROXY) ? proxy.settings() : null);
    }

    /** Proxies behind which there are many clients. */
    List<Network> trustedProxies() {
        return proxy.trusted();
    }

    private void requireWay(AccessSettings.Way way, String options, boolean isGiven) {
        if (isGiven && !ways.contains(way)) {
            throw new StartException(options + " no effect without this way: add " + way.word() + " to --auth");
        }
    }

    private static void requireAuth(String option, boolean isGiven) {
        if (isGiven) {
            throw new StartException(option + " has no effect without authentication: add --auth token");
        }
    }

    private static void requireTokens(String option, boolean isGiven) {
        if (isGiven) {
            throw new StartException(option + " has no effect where tokens are not accepted: add token to --auth");
        }
    }

    /**
     * Keeps a gateway from being open to a network by accident.
     *
     * @throws StartException if others than this machine reach it, its callers are not authenticated, and that was not asked for
     */
    void check(String host) {
        if (insecure && !ways.isEmpty()) {
            throw new StartException("--auth and --insecure-no-auth exclude each other: leave one of them out");
        }
        if (isOpenToNetwork(host) && !insecure) {
            throw new StartException("--host is " + host + ", where other machines reach this gateway, and without"
                    + " authentication every client may read and change all limits and leases. Authenticate them with"
                    + " --auth token, or let them all in with --insecure-no-auth");
        }
    }

    /** Whether callers are authenticated, so that no other door may stand open either. */
    boolean isOn() {
        return !ways.isEmpty();
    }

    /** Whether clients of other machines may do everything. */
    boolean isOpenToNetwork(String host) {
        return ways.isEmpty() && !ListenAddress.isLoopback(host);
    }
}
