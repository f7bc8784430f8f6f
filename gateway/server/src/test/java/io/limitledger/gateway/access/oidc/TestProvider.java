package io.limitledger.gateway.access.oidc;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** An identity provider: real HTTP, real keys. It can rotate them, and be down. */
public final class TestProvider implements AutoCloseable {
    public static final String AUDIENCE = "limit-ledger";

    private final List<JWK> published = new CopyOnWriteArrayList<>();
    private final AtomicInteger reads = new AtomicInteger();
    private volatile HttpServer server;
    private final int port;
    private ECKey current = newKey();

    public TestProvider() {
        published.add(current);
        server = serve(0);
        port = server.getAddress().getPort();
    }

    private HttpServer serve(int atPort) {
        try {
            HttpServer started = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), atPort), 0);
            answer(
                    started,
                    "/.well-known/openid-configuration",
                    () -> "{\"issuer\": \"" + issuer() + "\", \"jwks_uri\": \"" + issuer() + "/keys\"}");
            answer(started, "/keys", () -> {
                reads.incrementAndGet();
                return new JWKSet(List.copyOf(published)).toString(true);
            });
            started.start();
            return started;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void answer(HttpServer started, String path, Supplier<String> text) {
        started.createContext(path, exchange -> {
            byte[] body = text.get().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
    }

    public String issuer() {
        return "http://127.0.0.1:" + (port == 0 ? server.getAddress().getPort() : port);
    }

    public static ECKey newKey() {
        try {
            return new ECKeyGenerator(Curve.P_256)
                    .keyID(UUID.randomUUID().toString())
                    .generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Signs with a new key from now on; the one before stays published. */
    public void rotate() {
        current = newKey();
        published.add(current);
    }

    /** Takes all keys back but the current one. */
    void withdrawOldKeys() {
        published.removeIf(key -> !key.equals(current));
    }

    ECKey key() {
        return current;
    }

    /** How often its keys were read. */
    public int reads() {
        return reads.get();
    }

    /** Is down, at the same address. */
    public void stop() {
        server.stop(0);
    }

    public void start() {
        server = serve(port);
    }

    /** Claims of a valid token, to be spoilt. */
    JWTClaimsSet.Builder claims(Instant now) {
        return new JWTClaimsSet.Builder()
                .issuer(issuer())
                .audience(AUDIENCE)
                .subject("alice")
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plusSeconds(300)));
    }

    public String token(Instant now, Consumer<JWTClaimsSet.Builder> change) {
        JWTClaimsSet.Builder claims = claims(now);
        change.accept(claims);
        return sign(header(), claims.build(), current);
    }

    JWSHeader header() {
        return new JWSHeader.Builder(JWSAlgorithm.ES256)
                .keyID(current.getKeyID())
                .build();
    }

    static String sign(JWSHeader header, JWTClaimsSet claims, ECKey key) {
        try {
            SignedJWT token = new SignedJWT(header, claims);
            token.sign(new ECDSASigner(key));
            return token.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
