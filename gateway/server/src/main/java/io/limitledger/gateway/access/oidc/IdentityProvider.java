package io.limitledger.gateway.access.oidc;

import com.nimbusds.jose.util.JSONObjectUtils;
import io.limitledger.credentials.TlsFiles;
import io.limitledger.gateway.access.OidcSettings;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.text.ParseException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Reads over HTTP what an identity provider publishes: where its keys are, and the keys. */
final class IdentityProvider {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final String issuer;
    private final HttpClient client;

    IdentityProvider(OidcSettings settings) {
        this.issuer = settings.issuer().toString();
        HttpClient.Builder builder = HttpClient.newBuilder().connectTimeout(TIMEOUT);
        if (settings.caFile() != null) {
            builder.sslContext(new TlsFiles(settings.caFile(), null, null).context());
        }
        this.client = builder.build();
    }

    /** Fails with {@link IllegalStateException}, or with what the network says. */
    CompletableFuture<KeySet> keys() {
        String discovery = issuer.replaceFirst("/$", "") + "/.well-known/openid-configuration";
        return get(discovery)
                .thenCompose(answer -> get(keysAddress(discovery, answer)))
                .thenApply(KeySet::parse);
    }

    private String keysAddress(String discovery, String answer) {
        try {
            Map<String, Object> found = JSONObjectUtils.parse(answer);
            String named = JSONObjectUtils.getString(found, "issuer");
            if (!issuer.equals(named)) {
                throw new IllegalStateException(discovery + " is of the issuer '" + named + "', not of '" + issuer
                        + "'; name the issuer exactly as the provider does");
            }
            String address = String.valueOf(JSONObjectUtils.getString(found, "jwks_uri"));
            if (!address.startsWith("https://") && !issuer.startsWith("http://")) {
                throw new IllegalStateException(discovery + " has its keys at an address without TLS");
            }
            return address;
        } catch (ParseException e) {
            throw new IllegalStateException(discovery + " has no configuration of OpenID: " + e.getMessage(), e);
        }
    }

    private CompletableFuture<String> get(String address) {
        HttpRequest request;
        try {
            request = HttpRequest.newBuilder(URI.create(address))
                    .timeout(TIMEOUT)
                    .header("Accept", "application/json")
                    .build();
        } catch (IllegalArgumentException e) {
            throw new IllegalStateException("the address of its keys cannot be used", e);
        }
        return client.sendAsync(request, BodyHandlers.ofString()).thenApply(response -> body(address, response));
    }

    private static String body(String address, HttpResponse<String> response) {
        if (response.statusCode() != 200) {
            throw new IllegalStateException(address + " answered " + response.statusCode());
        }
        return response.body();
    }
}
