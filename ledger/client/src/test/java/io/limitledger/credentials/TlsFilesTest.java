package io.limitledger.credentials;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.limitledger.credentials.TestAuthority.Issued;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TlsFilesTest {
    private final TestAuthority authority = new TestAuthority("authority");

    @TempDir
    private Path folder;

    private Path certificate;
    private Path key;

    @BeforeEach
    void name() {
        certificate = folder.resolve("cert.pem");
        key = folder.resolve("key.pem");
    }

    @ParameterizedTest
    @CsvSource({"EC, 256", "EC, 384", "RSA, 2048"})
    void shouldTakeAKeyOfAnyUsualKind(String algorithm, int bits) throws Exception {
        // given
        KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
        generator.initialize(bits);
        authority
                .issue(generator.generateKeyPair(), Duration.ofHours(1), "dns:localhost")
                .writeTo(certificate, key);

        // when
        TlsFiles files = new TlsFiles(authority.writeTo(folder.resolve("ca.pem")), certificate, key);

        // then
        assertThatCode(files::context).doesNotThrowAnyException();
    }

    @Test
    void shouldTakeAnRsaKeyInItsOlderForm() throws Exception {
        // given
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2_048);
        KeyPair keys = generator.generateKeyPair();
        authority.issue(keys, Duration.ofHours(1), "dns:localhost").writeTo(certificate, key);
        // Behind the version and the algorithm, whose lengths are the same for all such keys.
        byte[] pkcs8 = keys.getPrivate().getEncoded();
        byte[] pkcs1 = Arrays.copyOfRange(pkcs8, 26, pkcs8.length);
        Files.writeString(key, TestAuthority.pem("RSA PRIVATE KEY", pkcs1));

        // when
        TlsFiles files = new TlsFiles(null, certificate, key);

        // then
        assertThatCode(files::context).doesNotThrowAnyException();
    }

    /** As {@code openssl ecparam -name prime256v1 -genkey} writes it; no secret of anything. */
    @Test
    void shouldReadAnEcKeyInItsOlderForm() throws Exception {
        // given
        Files.writeString(key, """
            -----BEGIN EC PARAMETERS-----
            BggqhkjOPQMBBw==
            -----END EC PARAMETERS-----
            """ + TestAuthority.pem("EC PRIVATE KEY", sec1()));

        // when
        String algorithm = PemFile.read(key).privateKey().getAlgorithm();

        // then
        assertThat(algorithm).isEqualTo("EC");
    }

    private static byte[] sec1() {
        byte[] head = {0x30, 49, 2, 1, 1, 4, 32};
        byte[] curve = {(byte) 0xA0, 10, 6, 8, 42, (byte) 134, 72, (byte) 206, 61, 3, 1, 7};
        byte[] sec1 = Arrays.copyOf(head, head.length + 32 + curve.length);
        Arrays.fill(sec1, head.length, head.length + 32, (byte) 7);
        System.arraycopy(curve, 0, sec1, head.length + 32, curve.length);
        return sec1;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ENCRYPTED PRIVATE KEY | is encrypted, and no passphrase is asked for; decrypt it with 'openssl pkey"
                        + " -in key.pem",
                "PRIVATE KEY           | has a private key that cannot be read; it must be RSA, EC",
                "CERTIFICATE           | has no private key; it must be a PEM file",
            })
    void shouldRefuseAKeyItCannotUseAndNeverShowIt(String kind, String said) throws Exception {
        // given
        authority.issue("dns:localhost").writeTo(certificate, key);
        String secret = "c2VjcmV0";
        Files.writeString(key, "-----BEGIN " + kind + "-----\n" + secret + "\n-----END " + kind + "-----\n");

        // when
        TlsFiles files = new TlsFiles(null, certificate, key);

        // then
        assertThatThrownBy(files::context)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(key.toString())
                .hasMessageContaining(said)
                .hasMessageNotContaining(secret)
                .hasNoCause();
    }

    @Test
    void shouldRefuseAKeyOfAnotherCertificate() {
        // given
        Issued one = authority.issue("dns:localhost");
        Issued other = authority.issue("dns:localhost");
        new Issued(one.certificate(), other.key()).writeTo(certificate, key);

        // when
        TlsFiles files = new TlsFiles(null, certificate, key);

        // then
        assertThatThrownBy(files::context)
                .hasMessageContaining("the private key in " + key + " is not that of the first certificate");
    }

    @Test
    void shouldNameTheFileThatDoesNotExist() {
        // when
        TlsFiles files = new TlsFiles(certificate, null, null);

        // then
        assertThatThrownBy(files::context).hasMessage("the file " + certificate + " does not exist");
    }

    @Test
    void shouldRefuseACertificateWithoutItsKey() {
        assertThatThrownBy(() -> new TlsFiles(null, certificate, null))
                .hasMessageContaining("a certificate and its private key go together");
    }
}
