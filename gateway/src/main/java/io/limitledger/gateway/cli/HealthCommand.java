package io.limitledger.gateway.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
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
        try {
            int status = ask(connect(), out);
            return status == HttpURLConnection.HTTP_OK ? 0 : 1;
        } catch (IOException e) {
            out.println("Expected an answer from " + url + READY + ", but " + e);
            return 1;
        } finally {
            out.flush();
        }
    }

    private HttpURLConnection connect() throws IOException {
        try {
            if (URI.create(url + READY).toURL().openConnection() instanceof HttpURLConnection connection) {
                connection.setConnectTimeout(TIMEOUT_MILLIS);
                connection.setReadTimeout(TIMEOUT_MILLIS);
                return connection;
            }
        } catch (IllegalArgumentException e) {
            throw notAnAddress(e);
        }
        throw notAnAddress(null);
    }

    private ParameterException notAnAddress(@Nullable Exception reason) {
        return new ParameterException(
                spec.commandLine(), "Expected --url to be such as http://127.0.0.1:8080, but got " + url, reason);
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
