package io.limitledger.gateway.cli.client;

import io.limitledger.gateway.machine.StartException;
import io.limitledger.holder.Gateway;
import io.limitledger.holder.Gateway.Given;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which gateway to ask, and how: what a client can say by an option is taken from the environment otherwise. */
public final class GatewayOptions {
    @Option(
            names = "--url",
            paramLabel = "URL",
            description =
                    "Gateway to ask (default: " + Gateway.URL + " in the environment, or " + Gateway.DEFAULT_URL + ").")
    private @Nullable String url;

    /** There is no option for the token itself: others see options in the list of processes. */
    @Option(
            names = "--token-file",
            paramLabel = "FILE",
            description = "File whose first line is a token; read again when it is replaced (default: "
                    + Gateway.TOKEN_FILE + ", or the token in " + Gateway.TOKEN + ").")
    private @Nullable String tokenFile;

    @Option(
            names = "--ca-file",
            paramLabel = "FILE",
            description = "PEM file of the authorities that the gateway's certificate may come from (default: "
                    + Gateway.CA_FILE + ", or those that Java trusts).")
    private @Nullable String caFile;

    @Option(
            names = "--client-cert",
            paramLabel = "FILE",
            description = "PEM file of the certificate to show (default: " + Gateway.CLIENT_CERT + ").")
    private @Nullable String clientCert;

    @Option(
            names = "--client-key",
            paramLabel = "FILE",
            description = "PEM file of its private key, not encrypted (default: " + Gateway.CLIENT_KEY + ").")
    private @Nullable String clientKey;

    private final Map<String, String> environment;

    public GatewayOptions() {
        this(System.getenv());
    }

    GatewayOptions(Map<String, String> environment) {
        this.environment = environment;
    }

    /** Whether a gateway was named by an option. */
    public boolean hasUrl() {
        return url != null;
    }

    /**
     * The gateway to ask.
     *
     * @throws StartException if an option or a variable cannot be used; the message names it, and shows no secret
     */
    public Gateway gateway() {
        try {
            return Gateway.from(this::given);
        } catch (IllegalArgumentException e) {
            throw new StartException(String.valueOf(e.getMessage()), e);
        }
    }

    private @Nullable Given given(String variable) {
        return switch (variable) {
            case Gateway.URL -> given("--url", url, variable);
            case Gateway.TOKEN -> tokenFile == null ? ofEnvironment(variable) : null;
            case Gateway.TOKEN_FILE -> given("--token-file", tokenFile, variable);
            case Gateway.CA_FILE -> given("--ca-file", caFile, variable);
            case Gateway.CLIENT_CERT -> given("--client-cert", clientCert, variable);
            case Gateway.CLIENT_KEY -> given("--client-key", clientKey, variable);
            default -> ofEnvironment(variable);
        };
    }

    private @Nullable Given given(String option, @Nullable String value, String variable) {
        return value == null ? ofEnvironment(variable) : new Given(option, value);
    }

    private @Nullable Given ofEnvironment(String variable) {
        String value = environment.get(variable);
        return value == null ? null : new Given(variable + " in the environment", value);
    }
}
