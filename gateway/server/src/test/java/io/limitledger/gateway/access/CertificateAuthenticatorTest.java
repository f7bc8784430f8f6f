package io.limitledger.gateway.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.limitledger.credentials.TestAuthority;
import java.io.ByteArrayInputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CertificateAuthenticatorTest {
    private final TestAuthority authority = new TestAuthority("authority");

    @ParameterizedTest
    @CsvSource({
        "dns:worker.example.com email:a@b.c, cert:worker.example.com",
        "ip:10.0.0.1 email:a@b.c dns:worker, cert:a@b.c",
        "uri:spiffe://example.com/worker, cert:spiffe://example.com/worker"
    })
    void namesTheCallerByTheFirstAlternativeName(String names, String principal) throws Exception {
        // given
        X509Certificate certificate = certificate(names.split(" "));

        // when
        CompletableFuture<Optional<Principal>> found = authenticate(certificate, Duration.ZERO);

        // then
        assertThat(found.join()).map(Principal::name).contains(principal);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ip:10.0.0.1", "dns:", "uri:urn:\u0007"})
    void refusesACertificateThatNamesNoClient(String name) throws Exception {
        // given
        X509Certificate certificate = certificate(name);

        // when
        CompletableFuture<Optional<Principal>> found = authenticate(certificate, Duration.ZERO);

        // then
        assertThat(found)
                .failsWithin(Duration.ZERO)
                .withThrowableThat()
                .withCauseInstanceOf(UnauthenticatedException.class)
                .withMessageContaining("has no alternative name (SAN)");
    }

    @Test
    void refusesACertificateThatHasEndedWhileItsConnectionLives() throws Exception {
        // given
        X509Certificate certificate = certificate("dns:worker");

        // when
        CompletableFuture<Optional<Principal>> found = authenticate(certificate, Duration.ofHours(2));

        // then
        assertThat(found).failsWithin(Duration.ZERO).withThrowableThat().withMessageContaining("no longer valid");
    }

    @Test
    void leavesCallersWithoutOneToOthers() {
        // when
        CompletableFuture<Optional<Principal>> found = authenticate(null, Duration.ZERO);

        // then
        assertThat(found).isCompletedWithValue(Optional.empty());
    }

    private X509Certificate certificate(String... names) throws CertificateException {
        String pem = authority.issue(names).certificate();
        return (X509Certificate) CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)));
    }

    private static CompletableFuture<Optional<Principal>> authenticate(X509Certificate certificate, Duration later) {
        Clock clock = Clock.fixed(Instant.now().plus(later), ZoneOffset.UTC);
        return new CertificateAuthenticator(clock)
                .authenticate(new Credentials(InetAddress.getLoopbackAddress(), certificate, name -> null));
    }
}
