package io.limitledger.gateway.tls;

import io.limitledger.credentials.FileBacked;
import io.limitledger.credentials.TlsFiles;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The certificate of a gateway, with its private key and the authorities of its clients' certificates. Read again when one of the
 * files is replaced; a version that cannot be used is logged and counted, and the last one stays in use. New connections have the
 * newest; those that exist keep theirs.
 */
public final class ServerCertificate {
    private static final Logger LOG = LoggerFactory.getLogger(ServerCertificate.class);

    private final TlsFiles files;
    private final AtomicLong brokenReloads = new AtomicLong();
    private final FileBacked<Read> read;

    private record Read(SSLContext context, Instant expiresAt) {}

    /**
     * Reads the files.
     *
     * @param files with a certificate, its key, and the authorities of clients' certificates if these are asked for
     * @throws IllegalArgumentException if one cannot be used; the message names it, and says what to do
     */
    public ServerCertificate(TlsFiles files) {
        this.files = files;
        this.read = new FileBacked<>(files.all(), this::readFiles, this::reportBroken);
    }

    private Read readFiles() {
        X509Certificate shown = files.chain().get(0);
        Instant expiresAt = shown.getNotAfter().toInstant();
        Read fresh = new Read(files.context(), expiresAt);
        LOG.info("TLS: the certificate in {} is valid until {}", files.certificate(), expiresAt);
        return fresh;
    }

    private void reportBroken(RuntimeException failure) {
        brokenReloads.incrementAndGet();
        LOG.warn(
                "TLS: the new files cannot be used, and the last ones stay in use: {}. Replace them with a pair that"
                        + " fits",
                failure.getMessage());
    }

    /** For a new connection; another one after the files were replaced. Looks at them at most twice a second. */
    public SSLContext context() {
        return read.get().context();
    }

    /** Whether clients are asked for a certificate. */
    public boolean asksClients() {
        return files.trusted() != null;
    }

    /** End of the validity of the certificate in use. */
    public Instant expiresAt() {
        return read.get().expiresAt();
    }

    /** How often files were found that cannot be used. */
    public long brokenReloads() {
        return brokenReloads.get();
    }
}
