package io.limitledger.gateway.cli;

import io.limitledger.credentials.TlsFiles;
import io.limitledger.holder.GatewayAddress;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.net.HttpURLConnection;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.concurrent.Callable;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
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

    @Option(
            names = "--ca-file",
            paramLabel = "FILE",
            description =
                    "PEM file of the authorities that its certificate may come from (default: those that Java trusts).")
    private @Nullable Path caFile;

    @Option(
            names = "--any-certificate",
            description =
                    "Take any certificate: for a check on the machine of the server itself, whose address, such as"
                            + " 127.0.0.1, is not in its certificate. No credentials are sent then.")
    private boolean anyCertificate;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        GatewayAddress address = address();
        try {
            HttpURLConnection connection = connect(address);
            if (connection instanceof HttpsURLConnection secured) {
                trust(secured);
            }
            int status = ask(connection, out);
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

    private HttpURLConnection connect(GatewayAddress address) throws IOException {
        HttpURLConnection connection =
                (HttpURLConnection) URI.create(address.url() + READY).toURL().openConnection();
        connection.setConnectTimeout(TIMEOUT_MILLIS);
        connection.setReadTimeout(TIMEOUT_MILLIS);
        if (address.authorization() != null && !anyCertificate) {
            connection.setRequestProperty("Authorization", address.authorization());
        }
        return connection;
    }

    private void trust(HttpsURLConnection connection) {
        if (anyCertificate) {
            connection.setSSLSocketFactory(AnyCertificate.context().getSocketFactory());
            connection.setHostnameVerifier((host, session) -> true);
        } else if (caFile != null) {
            try {
                connection.setSSLSocketFactory(
                        new TlsFiles(caFile, null, null).context().getSocketFactory());
            } catch (IllegalArgumentException e) {
                throw new ParameterException(spec.commandLine(), "--ca-file is wrong: " + e.getMessage(), e);
            }
        }
    }

    /** Trusts every server. Only for a question that holds no secret, whose answer is not secret either. */
    private static final class AnyCertificate extends X509ExtendedTrustManager {
        static SSLContext context() {
            try {
                SSLContext context = SSLContext.getInstance("TLS");
                context.init(null, new TrustManager[] {new AnyCertificate()}, null);
                return context;
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String kind, Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String kind, Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String kind, SSLEngine engine) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String kind, SSLEngine engine) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String kind) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String kind) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
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
