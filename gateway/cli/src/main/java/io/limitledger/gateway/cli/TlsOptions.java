package io.limitledger.gateway.cli;

import io.limitledger.credentials.TlsFiles;
import io.limitledger.gateway.machine.StartException;
import io.limitledger.gateway.tls.ServerCertificate;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The certificate that a gateway shows, and those that its clients may show. */
final class TlsOptions {
    @Option(
            names = "--tls-cert",
            paramLabel = "FILE",
            description =
                    "Serve HTTPS (TLS 1.2 and 1.3, HTTP/2 and HTTP/1.1): PEM file of the certificate, followed by those"
                            + " between it and its authority. Read again when it is replaced.")
    private @Nullable Path certificate;

    @Option(
            names = "--tls-key",
            paramLabel = "FILE",
            description = "PEM file of its private key (RSA, EC or Ed25519), not encrypted.")
    private @Nullable Path key;

    @Option(
            names = "--tls-client-ca",
            paramLabel = "FILE",
            description =
                    "PEM file of the authorities of clients' certificates: clients are asked for one, and may have"
                            + " none.")
    private @Nullable Path clientAuthorities;

    boolean isOn() {
        return certificate != null || key != null;
    }

    /** Whether clients are asked for certificates. */
    boolean asksClients() {
        return clientAuthorities != null;
    }

    /**
     * What is served; null without TLS.
     *
     * @throws StartException if the files cannot be used
     */
    @Nullable
    ServerCertificate certificate() {
        if (!isOn()) {
            if (asksClients()) {
                throw new StartException("--tls-client-ca has no effect without TLS: add --tls-cert and --tls-key");
            }
            return null;
        }
        if (certificate == null || key == null) {
            throw new StartException((certificate == null ? "--tls-key" : "--tls-cert")
                    + " is given alone; a certificate and its private key go together: give --tls-cert and --tls-key");
        }
        try {
            return new ServerCertificate(new TlsFiles(clientAuthorities, certificate, key));
        } catch (IllegalArgumentException e) {
            throw new StartException("--tls-cert, --tls-key or --tls-client-ca cannot be used: " + e.getMessage(), e);
        }
    }
}
