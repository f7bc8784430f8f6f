package io.limitledger.gateway.cli;

import io.limitledger.holder.GatewayAddress;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * {@code limits health}: the health check of a container, which need not hold a shell or curl for it. It is run every few
 * seconds, so it loads nothing of Kafka, nor the larger of the two HTTP clients.
 */
@Command(
        name = "health",
        description = "Ask a gateway or a ledger whether it is ready. Exit code: 0 if it is, 1 if not.",
        mixinStandardHelpOptions = true)
final class HealthCommand implements Callable<Integer> {
    private static final String READY = "/readyz";
    private static final int TIMEOUT_MILLIS =
            Math.toIntExact(Duration.ofSeconds(3).toMillis());

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Option(
            names = "--url",
            paramLabel = "URL",
            defaultValue = "http://127.0.0.1:8080",
            description = "Where it serves HTTP (default: ${DEFAULT-VALUE}).")
    private String url = "";

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        GatewayAddress address = address();
        try {
            int status = ask(connect(address), out);
            return status == HttpURLConnection.HTTP_OK ? 0 : 1;
        } catch (IOException e) {
            out.println("No answer from " + address + READY + ": " + e);
            return 1;
        } finally {
            out.flush();
        }
    }

    private GatewayAddress address() {
        try {
            return GatewayAddress.parse(url);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "--url is wrong: " + e.getMessage(), e);
        }
    }

    private static HttpURLConnection connect(GatewayAddress address) throws IOException {
        HttpURLConnection connection =
                (HttpURLConnection) URI.create(address.url() + READY).toURL().openConnection();
        connection.setConnectTimeout(TIMEOUT_MILLIS);
        connection.setReadTimeout(TIMEOUT_MILLIS);
        if (address.authorization() != null) {
            connection.setRequestProperty("Authorization", address.authorization());
        }
        return connection;
    }

    /** The answer says which part is ready, and what the others wait for. */
    private static int ask(HttpURLConnection connection, PrintWriter out) throws IOException {
        int status = connection.getResponseCode();
        InputStream body =
                status < HttpURLConnection.HTTP_BAD_REQUEST ? connection.getInputStream() : connection.getErrorStream();
        if (body != null) {
            out.println(new String(body.readAllBytes(), StandardCharsets.UTF_8));
        }
        return status;
    }
}
