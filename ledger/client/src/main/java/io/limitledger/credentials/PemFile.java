package io.limitledger.credentials;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A file of certificates or of a private key in PEM, as openssl and certbot write it. All methods throw
 * {@link IllegalArgumentException} if it cannot be used; the message names the file and what to do, and never shows what is in it.
 */
final class PemFile {
    /** Far more than a bundle with all public certificate authorities. */
    private static final long MOST_BYTES = 4 * 1_024 * 1_024;

    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----(.*?)-----END \\1-----", Pattern.DOTALL);

    /** In the order of their frequency; a key in PKCS#8 is read by trying. */
    private static final List<String> ALGORITHMS = List.of("RSA", "EC", "EdDSA", "RSASSA-PSS");

    private final Path file;
    private final List<Block> blocks;

    private record Block(String kind, String body) {}

    private PemFile(Path file, List<Block> blocks) {
        this.file = file;
        this.blocks = blocks;
    }

    static PemFile read(Path file) {
        Matcher matcher = BLOCK.matcher(textOf(file, MOST_BYTES));
        List<Block> blocks = new ArrayList<>();
        while (matcher.find()) {
            blocks.add(new Block(matcher.group(1), matcher.group(2)));
        }
        return new PemFile(file, blocks);
    }

    /** The text of a file that holds credentials. */
    static String textOf(Path file, long mostBytes) {
        try {
            if (Files.size(file) > mostBytes) {
                throw new IllegalArgumentException(file + " has more than " + mostBytes + " bytes; name another file");
            }
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (NoSuchFileException e) {
            throw new IllegalArgumentException("the file " + file + " does not exist", e);
        } catch (AccessDeniedException e) {
            throw new IllegalArgumentException("this user may not read " + file, e);
        } catch (IOException e) {
            throw new IllegalArgumentException(file + " cannot be read: " + e.getMessage(), e);
        }
    }

    /** All of its certificates, in their order. */
    List<X509Certificate> certificates() {
        List<X509Certificate> certificates = blocks.stream()
                .filter(block -> block.kind.endsWith("CERTIFICATE"))
                .map(this::certificate)
                .toList();
        if (certificates.isEmpty()) {
            throw wrong("has no certificate; it must be a PEM file, with -----BEGIN CERTIFICATE-----");
        }
        return certificates;
    }

    private X509Certificate certificate(Block block) {
        try {
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(bytes(block)));
        } catch (CertificateException e) {
            throw wrong("has a certificate that cannot be read");
        }
    }

    /** Its private key: RSA, EC or Ed25519, in PKCS#8 or in the older forms of openssl. */
    PrivateKey privateKey() {
        Block block = blocks.stream()
                .filter(one -> one.kind.endsWith("PRIVATE KEY"))
                .findFirst()
                .orElseThrow(
                        () -> wrong("has no private key; it must be a PEM file, with -----BEGIN PRIVATE KEY-----"));
        if (block.kind.startsWith("ENCRYPTED") || block.body.contains("Proc-Type: 4,ENCRYPTED")) {
            throw wrong("is encrypted, and no passphrase is asked for; decrypt it with 'openssl pkey -in "
                    + file.getFileName() + " -out decrypted.pem', and keep the result readable to its user only");
        }
        return key(
                switch (block.kind) {
                    case "RSA PRIVATE KEY" -> Der.pkcs8OfRsa(bytes(block));
                    case "EC PRIVATE KEY" -> Der.pkcs8OfEc(bytes(block)).orElseThrow(this::unreadable);
                    default -> bytes(block);
                });
    }

    private PrivateKey key(byte[] pkcs8) {
        return ALGORITHMS.stream()
                .map(algorithm -> key(algorithm, pkcs8))
                .flatMap(Optional::stream)
                .findFirst()
                .orElseThrow(this::unreadable);
    }

    private static Optional<PrivateKey> key(String algorithm, byte[] pkcs8) {
        try {
            return Optional.of(KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(pkcs8)));
        } catch (GeneralSecurityException e) {
            return Optional.empty();
        }
    }

    private IllegalArgumentException unreadable() {
        return wrong("has a private key that cannot be read; it must be RSA, EC (P-256, P-384 or P-521) or Ed25519, as"
                + " 'openssl pkey -in FILE -out FILE' writes it");
    }

    private byte[] bytes(Block block) {
        try {
            return Base64.getMimeDecoder().decode(block.body);
        } catch (IllegalArgumentException e) {
            throw wrong("is damaged: a part of it is not base64");
        }
    }

    /** Without a cause, whose message may repeat a part of a key. */
    private IllegalArgumentException wrong(String what) {
        return new IllegalArgumentException(file + " " + what);
    }

    /** Just enough of ASN.1 to put the older forms of a key into the form that Java reads. */
    private static final class Der {
        private static final int SEQUENCE = 0x30;
        private static final int OCTETS = 0x04;
        private static final int PARAMETERS = 0xA0;
        private static final byte[] VERSION_0 = {2, 1, 0};
        private static final byte[] RSA = {0x30, 13, 6, 9, 42, (byte) 134, 72, (byte) 134, (byte) 247, 13, 1, 1, 1, 5, 0
        };
        private static final byte[] EC = {6, 7, 42, (byte) 134, 72, (byte) 206, 61, 2, 1};

        private Der() {}

        static byte[] pkcs8OfRsa(byte[] pkcs1) {
            return part(SEQUENCE, VERSION_0, RSA, part(OCTETS, pkcs1));
        }

        /** Empty if it does not name its curve. */
        static Optional<byte[]> pkcs8OfEc(byte[] sec1) {
            return curveOf(sec1).map(curve -> part(SEQUENCE, VERSION_0, part(SEQUENCE, EC, curve), part(OCTETS, sec1)));
        }

        /** What the key's part {@code [0]} holds: the object identifier of a curve. */
        private static Optional<byte[]> curveOf(byte[] sec1) {
            try {
                ByteBuffer key = ByteBuffer.wrap(sec1);
                ByteBuffer parts = next(key, SEQUENCE);
                while (parts.hasRemaining()) {
                    int tag = parts.get(parts.position()) & 0xFF;
                    ByteBuffer content = next(parts, tag);
                    if (tag == PARAMETERS) {
                        byte[] curve = new byte[content.remaining()];
                        content.get(curve);
                        return Optional.of(curve);
                    }
                }
                return Optional.empty();
            } catch (RuntimeException e) {
                return Optional.empty();
            }
        }

        private static ByteBuffer next(ByteBuffer from, int tag) {
            if ((from.get() & 0xFF) != tag) {
                throw new IllegalArgumentException("another part");
            }
            int length = from.get() & 0xFF;
            if (length > 0x80) {
                int more = length - 0x80;
                length = 0;
                for (int i = 0; i < more; i++) {
                    length = (length << 8) | (from.get() & 0xFF);
                }
            }
            ByteBuffer content = from.slice(from.position(), length);
            from.position(from.position() + length);
            return content;
        }

        private static byte[] part(int tag, byte[]... contents) {
            int length = 0;
            for (byte[] content : contents) {
                length += content.length;
            }
            byte[] head = length < 0x80
                    ? new byte[] {(byte) length}
                    : length < 0x100
                            ? new byte[] {(byte) 0x81, (byte) length}
                            : new byte[] {(byte) 0x82, (byte) (length >> 8), (byte) length};
            ByteBuffer part = ByteBuffer.allocate(1 + head.length + length)
                    .put((byte) tag)
                    .put(head);
            for (byte[] content : contents) {
                part.put(content);
            }
            return part.array();
        }
    }
}
