package io.limitledger.credentials;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * What one end of a TLS connection shows, and whom it trusts, in PEM files.
 *
 * @param trusted certificates of the authorities that the other end's certificate must come from; null for those that Java trusts
 * @param certificate that is shown, with those between it and its authority; null to show none
 * @param key private key of {@code certificate}, not encrypted; null if and only if that is null
 */
public record TlsFiles(
        @Nullable Path trusted,
        @Nullable Path certificate,
        @Nullable Path key) {
    /** There is no secret in what is only kept in memory. */
    private static final char[] NO_PASSWORD = {};

    public TlsFiles {
        if ((certificate == null) != (key == null)) {
            throw new IllegalArgumentException("a certificate and its private key go together: name the files of both");
        }
    }

    public List<Path> all() {
        return Stream.of(trusted, certificate, key).filter(Objects::nonNull).toList();
    }

    /**
     * Reads the files.
     *
     * @throws IllegalArgumentException if one cannot be used; the message says which, and what to do
     */
    public SSLContext context() {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys(), trust(), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalArgumentException("the files " + all() + " cannot be used for TLS: " + e.getMessage(), e);
        }
    }

    /**
     * The certificate that is shown, with those between it and its authority.
     *
     * @throws IllegalArgumentException if its file cannot be used
     */
    public List<X509Certificate> chain() {
        return certificate == null ? List.of() : PemFile.read(certificate).certificates();
    }

    private KeyManager @Nullable [] keys() throws GeneralSecurityException, IOException {
        if (certificate == null || key == null) {
            return null;
        }
        List<X509Certificate> chain = chain();
        PrivateKey own = PemFile.read(key).privateKey();
        if (!fits(own, chain.get(0).getPublicKey())) {
            throw new IllegalArgumentException("the private key in " + key + " is not that of the first certificate in "
                    + certificate + "; replace both with a pair that fits");
        }
        KeyStore store = empty();
        store.setKeyEntry("own", own, NO_PASSWORD, chain.toArray(X509Certificate[]::new));
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store, NO_PASSWORD);
        return factory.getKeyManagers();
    }

    private TrustManager @Nullable [] trust() throws GeneralSecurityException, IOException {
        if (trusted == null) {
            return null;
        }
        KeyStore store = empty();
        int number = 0;
        for (X509Certificate authority : PemFile.read(trusted).certificates()) {
            number++;
            store.setCertificateEntry("authority-" + number, authority);
        }
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return factory.getTrustManagers();
    }

    private static KeyStore empty() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }

    /** Whether what the one signs the other verifies; while files are replaced one by one, they do not. */
    private static boolean fits(PrivateKey own, PublicKey shown) {
        String algorithm = switch (own.getAlgorithm()) {
            case "RSA" -> "SHA256withRSA";
            case "EC" -> "SHA256withECDSA";
            case "RSASSA-PSS" -> null;
            default -> "EdDSA";
        };
        if (algorithm == null) {
            return true;
        }
        try {
            byte[] message = {1};
            Signature signature = Signature.getInstance(algorithm);
            signature.initSign(own);
            signature.update(message);
            byte[] signed = signature.sign();
            signature.initVerify(shown);
            signature.update(message);
            return signature.verify(signed);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }
}
