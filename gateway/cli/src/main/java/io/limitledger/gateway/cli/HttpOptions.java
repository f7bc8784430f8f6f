package io.limitledger.gateway.cli;

import static java.util.Objects.requireNonNull;

import io.limitledger.gateway.access.AccessSettings;
import io.limitledger.gateway.http.console.ConsoleMode;
import io.limitledger.gateway.http.server.HttpAddress;
import io.limitledger.gateway.machine.ListenAddress;
import io.limitledger.gateway.process.GatewaySettings;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Where HTTP is served. */
final class HttpOptions {
    @Option(
            names = "--host",
            defaultValue = "127.0.0.1",
            description = "Address to listen on (default: ${DEFAULT-VALUE}).")
    private String host = "127.0.0.1";

    @Option(
            names = "--port",
            defaultValue = "8080",
            description = "Port of the HTTP interface (default: ${DEFAULT-VALUE}).")
    private int port;

    @Option(
            names = "--prefect-wait",
            paramLabel = "SECONDS",
            defaultValue = "0",
            description =
                    "How long Prefect's clients wait in the queue here before they get the answer that the slots are"
                            + " not free, 0 to 50; one that sends 'Prefer: wait=SECONDS' says so itself (default:"
                            + " ${DEFAULT-VALUE}).")
    private long prefectWaitSeconds;

    @Mixin
    private TlsOptions tls = new TlsOptions();

    @Mixin
    private AuthOptions auth = new AuthOptions();

    @Option(
            names = "--console",
            paramLabel = "on|read-only|off",
            defaultValue = "on",
            description = "The pages at /console: on, read-only (shows everything, offers no change), or off"
                    + " (default: ${DEFAULT-VALUE}). What the API allows does not depend on it.")
    private String console = "on";

    @Spec(Spec.Target.MIXEE)
    private @Nullable CommandSpec command;

    String host() {
        return host;
    }

    int port() {
        return port;
    }

    /** Where a client on this machine finds it. */
    String url(int atPort) {
        return (tls.isOn() ? "https://" : "http://") + host + ":" + atPort;
    }

    /** Whether callers are authenticated. */
    boolean isAuthenticated() {
        return auth.isOn();
    }

    /** What to report once HTTP is served. */
    String served(int atPort) {
        String served = (tls.isOn() ? "HTTPS on " : "HTTP on ") + host + ":" + atPort;
        return auth.isOpenToNetwork(host)
                ? served + " (without authentication: every client may do everything)"
                : served;
    }

    GatewaySettings gateway() {
        ListenAddress.check("--host", host, "--port", port);
        auth.check(host);
        try {
            AccessSettings access = auth.settings(tls.asksClients());
            return new GatewaySettings(
                    new HttpAddress(host, port, auth.site(), tls.certificate(), auth.trustedProxies()),
                    Duration.ofSeconds(prefectWaitSeconds),
                    access,
                    consoleMode());
        } catch (IllegalArgumentException e) {
            throw new ParameterException(requireNonNull(command).commandLine(), "--prefect-wait: " + e.getMessage());
        }
    }

    private ConsoleMode consoleMode() {
        return switch (console) {
            case "on" -> ConsoleMode.ON;
            case "read-only" -> ConsoleMode.READ_ONLY;
            case "off" -> ConsoleMode.OFF;
            default ->
                throw new ParameterException(
                        requireNonNull(command).commandLine(),
                        "--console must be on, read-only or off, but is '" + console + "'");
        };
    }
}
