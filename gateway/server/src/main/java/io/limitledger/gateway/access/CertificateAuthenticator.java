package io.limitledger.gateway.access;

import java.security.cert.CertificateException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * Knows callers by their certificates: {@code cert:NAME}, where the name is the first alternative name of the certificate that is a
 * DNS name, a URI or a mail address. The TLS connection has verified that it comes from a trusted authority.
 */
public final class CertificateAuthenticator implements Authenticator {
    private static final String KIND = "cert:";

    /** Mail address, DNS name and URI, as X.509 numbers them. */
    private static final Set<Integer> NAMES = Set.of(1, 2, 6);

    private final Clock clock;

    public CertificateAuthenticator(Clock clock) {
        this.clock = clock;
    }

    @Override
    public String way() {
        return "mtls";
    }

    @Override
    public String howTo() {
        return "show a client certificate in the handshake of TLS";
    }

    @Override
    public CompletableFuture<Optional<Principal>> authenticate(Credentials credentials) {
        X509Certificate certificate = credentials.certificate();
        if (certificate == null) {
            return CompletableFuture.completedFuture(Optional.empty());
        }
        try {
            // A connection may live longer than the certificate that it was made with.
            certificate.checkValidity(Date.from(clock.instant()));
            return CompletableFuture.completedFuture(
                    Optional.of(new Principal(KIND + nameOf(certificate), Set.of(), List.of())));
        } catch (CertificateException e) {
            return CompletableFuture.failedFuture(new UnauthenticatedException(
                    "The client certificate is no longer valid, or not yet; connect again with a new one"));
        } catch (UnauthenticatedException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private static String nameOf(X509Certificate certificate) throws CertificateParsingException {
        Collection<List<?>> names = Objects.requireNonNullElse(certificate.getSubjectAlternativeNames(), List.of());
        return names.stream()
                .filter(name -> name.get(0) instanceof Integer kind && NAMES.contains(kind))
                .map(name -> String.valueOf(name.get(1)))
                .filter(name -> PrincipalName.isUsable(KIND + name))
                .findFirst()
                .orElseThrow(() -> new UnauthenticatedException(
                        "The client certificate has no alternative name (SAN) that names a client; have it issued with"
                                + " one that is a DNS name, a URI or a mail address, of at most "
                                + (Principal.MAX_CHARACTERS - KIND.length()) + " visible characters"));
    }
}
