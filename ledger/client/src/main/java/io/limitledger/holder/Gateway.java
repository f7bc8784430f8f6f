package io.limitledger.holder;

import static java.lang.System.Logger.Level.WARNING;

import io.limitledger.credentials.FileBacked;
import io.limitledger.credentials.TlsFiles;
import io.limitledger.credentials.TokenFile;
import java.lang.System.Logger;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.WebSocket;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * A gateway and how to reach it: its address, who asks, and whom to trust. Immutable; each method returns another one.
 *
 * <pre>{@code
 * Gateway gateway = Gateway.at("https://limits.example.com")
 *         .tokenFile(Path.of("/run/secrets/limits-token"))
 *         .caFile(Path.of("/etc/limits/ca.pem"));
 * Limits limits = Limits.overHttp(gateway);
 * }</pre>
 *
 * <p>Files are read at once, and again within a second when they are replaced, so that a new token or certificate needs no
 * restart; while a new version cannot be used, the last one stays in use. All methods throw {@link IllegalArgumentException} for a
 * value that cannot be used; its message, and {@link #toString}, never show a token, a password or a key.
 */
public final class Gateway {
    /** Variables of the environment that {@link #fromEnvironment} reads. */
    public static final String URL = "LIMITS_URL";

    public static final String TOKEN = "LIMITS_TOKEN";
    public static final String TOKEN_FILE = "LIMITS_TOKEN_FILE";
    public static final String CA_FILE = "LIMITS_CA_FILE";
    public static final String CLIENT_CERT = "LIMITS_CLIENT_CERT";
    public static final String CLIENT_KEY = "LIMITS_CLIENT_KEY";
    /** Headers that each request carries besides, one in a line, such as {@code X-Tenant: a}. */
    public static final String HEADERS = "LIMITS_HEADERS";

    public static final String DEFAULT_URL = "http://127.0.0.1:8080";

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
    private static final Logger LOG = System.getLogger(Gateway.class.getName());

    /** Those that the HTTP client sets itself, and that which a token has. */
    private static final Set<String> OWN_HEADERS =
            Set.of("authorization", "connection", "content-length", "content-type", "expect", "host", "upgrade");

    private static final Pattern HEADER_NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");
    private static final Pattern HEADER_VALUE = Pattern.compile("[\\x21-\\x7E]([\\x20-\\x7E\\t]*[\\x21-\\x7E])?");
    private static final Pattern TOKEN_TEXT = Pattern.compile("[\\x21-\\x7E]+");

    private final GatewayAddress address;
    private final @Nullable Token token;
    private final TlsFiles tls;
    private final @Nullable FileBacked<SSLContext> trust;
    private final @Nullable InetSocketAddress proxy;
    private final Map<String, String> headers;
    private @Nullable HttpClient client;
    private @Nullable SSLContext trustOfClient;

    /** A value, and what to call the place it is from in a message, such as {@code --url}. */
    public record Given(String from, String value) {
        /** It may be a token. */
        @Override
        public String toString() {
            return from;
        }
    }

    private record Token(Supplier<String> from, String words) {
        @Override
        public String toString() {
            return words;
        }
    }

    private Gateway(
            GatewayAddress address,
            @Nullable Token token,
            TlsFiles tls,
            @Nullable FileBacked<SSLContext> trust,
            @Nullable InetSocketAddress proxy,
            Map<String, String> headers) {
        if (token != null && address.authorization() != null) {
            throw new IllegalArgumentException(
                    "the address has credentials, and a token is given as well; leave one of them out");
        }
        this.address = address;
        this.token = token;
        this.tls = tls;
        this.trust = trust;
        this.proxy = proxy;
        this.headers = Map.copyOf(headers);
    }

    /** At an address such as {@code https://limits.example.com}; {@code https://user:password@host} is sent as Basic. */
    public static Gateway at(String url) {
        return at(GatewayAddress.parse(url));
    }

    /** The same for an address that was read before. */
    public static Gateway at(GatewayAddress address) {
        return new Gateway(address, null, new TlsFiles(null, null, null), null, null, Map.of());
    }

    /**
     * As the environment of this process says: {@code LIMITS_URL} ({@value #DEFAULT_URL} without it) and the other variables
     * named here; and {@code HTTPS_PROXY}, {@code HTTP_PROXY} and {@code NO_PROXY}, as other programs have them.
     */
    public static Gateway fromEnvironment() {
        return from(variable -> {
            String value = System.getenv(variable);
            return value == null ? null : new Given(variable + " in the environment", value);
        });
    }

    /** The same where a variable may also be given otherwise, such as by an option; null for one that is not given. */
    public static Gateway from(Function<String, @Nullable Given> variables) {
        Given url = variables.apply(URL);
        Gateway gateway = url == null
                ? at(DEFAULT_URL)
                : read(url, "the address of a gateway, such as " + DEFAULT_URL, Gateway::at);
        Given token = variables.apply(TOKEN);
        Given tokenFile = variables.apply(TOKEN_FILE);
        if (token != null && tokenFile != null) {
            throw new IllegalArgumentException(
                    token.from() + " and " + tokenFile.from() + " are both given; leave one of them out");
        }
        gateway = gateway.with(token, "a token", Gateway::token);
        gateway = gateway.with(tokenFile, "a file with a token", (at, file) -> at.tokenFile(Path.of(file)));
        gateway = gateway.with(
                variables.apply(CA_FILE), "a PEM file of certificates", (at, file) -> at.caFile(Path.of(file)));
        gateway = gateway.certificate(variables.apply(CLIENT_CERT), variables.apply(CLIENT_KEY));
        gateway = gateway.with(variables.apply(HEADERS), "headers, such as 'X-Tenant: a'", Gateway::headers);
        return ProxyVariables.apply(gateway, variables);
    }

    Gateway with(@Nullable Given given, String what, BiFunction<Gateway, String, Gateway> taken) {
        return given == null ? this : read(given, what, value -> taken.apply(this, value));
    }

    private static Gateway read(Given given, String what, Function<String, Gateway> taken) {
        if (given.value().isBlank()) {
            throw new IllegalArgumentException(given.from() + " is empty; set it to " + what + ", or leave it out");
        }
        try {
            return taken.apply(given.value());
        } catch (IllegalArgumentException e) {
            // Without its cause, which may repeat the value.
            throw new IllegalArgumentException(given.from() + " is wrong: " + e.getMessage());
        }
    }

    private Gateway certificate(@Nullable Given certificate, @Nullable Given key) {
        if (certificate == null && key == null) {
            return this;
        }
        if (certificate == null || key == null) {
            Given given = certificate == null ? key : certificate;
            throw new IllegalArgumentException(Objects.requireNonNull(given).from()
                    + " is given alone; a certificate and its private key go together: name the files of both");
        }
        return with(
                certificate,
                "a PEM file of a certificate",
                (at, file) -> at.clientCertificate(Path.of(file), Path.of(key.value())));
    }

    /** A token that is sent with each request, as {@code Authorization: Bearer}. */
    public Gateway token(String token) {
        bearer(token);
        return tokenFrom(() -> token, "the token that was given");
    }

    /**
     * A token that may be another one each time, such as one that an identity provider gives for an hour. It is asked for with each
     * request and each connection, so it must not block; what it throws is what the request fails with.
     */
    public Gateway token(Supplier<String> token) {
        return tokenFrom(token, "the token that was given");
    }

    /** A file whose first line is a token. */
    public Gateway tokenFile(Path file) {
        TokenFile token = new TokenFile(file, Gateway::reportKept);
        bearer(token.get());
        return tokenFrom(token, token.toString());
    }

    private Gateway tokenFrom(Supplier<String> from, String words) {
        return new Gateway(address, new Token(from, words), tls, trust, proxy, headers);
    }

    /** A PEM file with the certificates of the authorities that the gateway's may come from, instead of those that Java trusts. */
    public Gateway caFile(Path file) {
        return tls(new TlsFiles(file, tls.certificate(), tls.key()));
    }

    /** PEM files of the certificate that this client shows, and of its private key, which must not be encrypted. */
    public Gateway clientCertificate(Path certificate, Path key) {
        return tls(new TlsFiles(tls.trusted(), certificate, key));
    }

    private Gateway tls(TlsFiles files) {
        FileBacked<SSLContext> context = new FileBacked<>(files.all(), files::context, Gateway::reportKept);
        return new Gateway(address, token, files, context, proxy, headers);
    }

    private static void reportKept(RuntimeException failure) {
        LOG.log(WARNING, () -> "The last version that could be used is kept: " + failure.getMessage());
    }

    /** An HTTP proxy to go through, also for TLS and sessions, instead of the one that Java's system properties name. */
    public Gateway proxy(String host, int port) {
        return new Gateway(address, token, tls, trust, InetSocketAddress.createUnresolved(host, port), headers);
    }

    /** A header that each request carries besides, such as one that a proxy asks for. */
    public Gateway header(String name, String value) {
        if (!HEADER_NAME.matcher(name).matches() || OWN_HEADERS.contains(name.toLowerCase(Locale.ROOT))) {
            throw new IllegalArgumentException("'" + name + "' cannot be set as a header of each request"
                    + (name.equalsIgnoreCase("Authorization") ? "; give a token instead" : ""));
        }
        if (!HEADER_VALUE.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    "the value of the header " + name + " must be of visible ASCII characters and blanks");
        }
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new Gateway(address, token, tls, trust, proxy, more);
    }

    private Gateway headers(String lines) {
        Gateway gateway = this;
        for (String line : lines.lines().filter(line -> !line.isBlank()).toList()) {
            int colon = line.indexOf(':');
            if (colon < 0) {
                throw new IllegalArgumentException(
                        "one of its lines has no colon; write headers such as 'X-Tenant: a'");
            }
            gateway = gateway.header(
                    line.substring(0, colon).strip(), line.substring(colon + 1).strip());
        }
        return gateway;
    }

    /** Its address, without credentials. */
    public GatewayAddress address() {
        return address;
    }

    /** The value of the header {@code Authorization}, as of now; null without a token, user or password. A secret. */
    public @Nullable String authorization() {
        return token == null ? address.authorization() : bearer(token.from.get());
    }

    /** What the HTTP client throws for such a value would repeat it. */
    private static String bearer(String token) {
        if (!TOKEN_TEXT.matcher(token).matches()) {
            throw new IllegalArgumentException(
                    "the token has characters that no token has, such as blanks; it must be visible ASCII in one line");
        }
        return "Bearer " + token;
    }

    /** What a message calls the credentials. */
    String credentialsInWords() {
        if (token != null) {
            return token.words;
        }
        if (address.authorization() != null) {
            return "the user and password of the address";
        }
        return tls.certificate() == null ? "" : "the certificate in " + tls.certificate();
    }

    /** The TLS settings of this client as its files have them now; null for those of Java. */
    public @Nullable SSLContext sslContext() {
        return trust == null ? null : trust.get();
    }

    /** The client to send requests with. It is another one when the files of certificates have changed; so do not keep it. */
    public synchronized HttpClient client() {
        SSLContext now = sslContext();
        HttpClient current = client;
        if (current == null || now != trustOfClient) {
            // The one before ends when it is no longer referenced, after the requests that are under way.
            current = newClient(now);
            client = current;
            trustOfClient = now;
        }
        return current;
    }

    private HttpClient newClient(@Nullable SSLContext context) {
        HttpClient.Builder builder = HttpClient.newBuilder()
                // An upgrade would be asked for in vain with each new connection.
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(CONNECT_TIMEOUT);
        if (context != null) {
            builder.sslContext(context);
        } else if (address.url().regionMatches(true, 0, "http:", 0, "http:".length())) {
            builder.sslContext(trustOfNone());
        }
        if (proxy != null) {
            builder.proxy(ProxySelector.of(proxy));
        }
        return builder.build();
    }

    /** For addresses without TLS: otherwise the HTTP client reads all authorities that Java trusts, a tenth of a second of work. */
    private static SSLContext trustOfNone() {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(new KeyManager[0], new TrustManager[0], null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Java has no TLS", e);
        }
    }

    /** The same after a look at the token's file, whenever it was looked at last. */
    @Nullable
    String newestAuthorization() {
        return token != null && token.from instanceof TokenFile file ? bearer(file.getNow()) : authorization();
    }

    /** A request to a path such as {@code /v1/limits}, with credentials and headers. */
    public HttpRequest.Builder request(String path) {
        return request(path, authorization());
    }

    HttpRequest.Builder request(String path, @Nullable String authorization) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(address.url() + path));
        headers.forEach(request::header);
        if (authorization != null) {
            request.header("Authorization", authorization);
        }
        return request;
    }

    /** The handshake of a session, with credentials and headers. */
    CompletableFuture<WebSocket> connect(String path, WebSocket.Listener listener) {
        WebSocket.Builder builder = client().newWebSocketBuilder().connectTimeout(CONNECT_TIMEOUT);
        headers.forEach(builder::header);
        String authorization = authorization();
        if (authorization != null) {
            builder.header("Authorization", authorization);
        }
        return builder.buildAsync(URI.create(address.url().replaceFirst("(?i)^http", "ws") + path), listener);
    }

    /** Its address; never its credentials. */
    @Override
    public String toString() {
        return address.toString();
    }
}
