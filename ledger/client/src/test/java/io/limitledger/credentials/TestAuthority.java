package io.limitledger.credentials;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Base64;
import java.util.concurrent.atomic.AtomicLong;

/** A certificate authority for tests: real certificates, made in memory, so that no private key is kept with the code. */
public final class TestAuthority {
    private static final DateTimeFormatter UTC =
            DateTimeFormatter.ofPattern("yyMMddHHmmss'Z'").withZone(ZoneOffset.UTC);
    private static final byte[] ECDSA_WITH_SHA256 = {0x30, 10, 6, 8, 42, (byte) 134, 72, (byte) 206, 61, 4, 3, 2};
    private static final AtomicLong LAST_SERIAL = new AtomicLong(System.nanoTime());

    private final String name;
    private final KeyPair keys = newKeys();
    private final byte[] certificate;

    /** A certificate and its private key, as PEM. */
    public record Issued(String certificate, String key) {
        /** Puts both in place of those that are there, each at once. */
        public void writeTo(Path certificateFile, Path keyFile) {
            replace(keyFile, key);
            replace(certificateFile, certificate);
        }
    }

    public TestAuthority(String name) {
        this.name = name;
        this.certificate = certificate(name, name, keys.getPublic(), Duration.ofHours(1), true, new String[0]);
    }

    public static KeyPair newKeys() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(256);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Its own certificate as PEM. */
    public String pem() {
        return pem("CERTIFICATE", certificate);
    }

    public Path writeTo(Path file) {
        replace(file, pem());
        return file;
    }

    /** A certificate for alternative names such as {@code dns:localhost}, {@code ip:127.0.0.1}, {@code email:a@b} or {@code uri:urn:a}. */
    public Issued issue(String... names) {
        return issue(newKeys(), Duration.ofHours(1), names);
    }

    /** The same for keys and a time that are given. It is valid since an hour, and for this time from now on; negative for one that is over. */
    public Issued issue(KeyPair owner, Duration validity, String... names) {
        byte[] issued = certificate(name, "test", owner.getPublic(), validity, false, names);
        return new Issued(pem("CERTIFICATE", issued), pem("PRIVATE KEY", owner.getPrivate()));
    }

    private static String pem(String kind, PrivateKey key) {
        return pem(kind, key.getEncoded());
    }

    public static String pem(String kind, byte[] der) {
        return "-----BEGIN " + kind + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der) + "\n-----END " + kind + "-----\n";
    }

    /** As secrets are replaced that are mounted: by another file of the same name. */
    public static void replace(Path file, String text) {
        try {
            Path fresh = Files.createTempFile(file.getParent(), "fresh", ".tmp");
            Files.writeString(fresh, text);
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private byte[] certificate(
            String issuer, String subject, PublicKey key, Duration validity, boolean isAuthority, String[] names) {
        Instant from = Instant.now().minus(Duration.ofHours(1));
        Instant until = Instant.now().plus(validity);
        byte[] extensions = isAuthority
                ? extension(new byte[] {6, 3, 85, 29, 19}, true, sequence(new byte[] {1, 1, (byte) 0xFF}))
                : names.length == 0
                        ? new byte[0]
                        : extension(new byte[] {6, 3, 85, 29, 17}, false, alternatives(names));
        byte[] body = sequence(
                part(0xA0, new byte[] {2, 1, 2}),
                part(2, BigInteger.valueOf(LAST_SERIAL.incrementAndGet()).toByteArray()),
                ECDSA_WITH_SHA256,
                named(issuer),
                sequence(time(from), time(until)),
                named(subject),
                key.getEncoded(),
                extensions.length == 0 ? new byte[0] : part(0xA3, sequence(extensions)));
        return sequence(body, ECDSA_WITH_SHA256, part(3, new byte[] {0}, signed(body)));
    }

    private byte[] signed(byte[] body) {
        try {
            Signature signature = Signature.getInstance("SHA256withECDSA");
            signature.initSign(keys.getPrivate());
            signature.update(body);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] alternatives(String[] names) {
        return sequence(Arrays.stream(names).map(TestAuthority::alternative).toArray(byte[][]::new));
    }

    private static byte[] alternative(String name) {
        String value = name.substring(name.indexOf(':') + 1);
        byte[] ascii = value.getBytes(StandardCharsets.US_ASCII);
        return switch (name.substring(0, name.indexOf(':'))) {
            case "email" -> part(0x81, ascii);
            case "dns" -> part(0x82, ascii);
            case "uri" -> part(0x86, ascii);
            case "ip" -> part(0x87, address(value));
            default -> throw new IllegalArgumentException(name);
        };
    }

    private static byte[] address(String value) {
        try {
            return InetAddress.getByName(value).getAddress();
        } catch (IOException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static byte[] extension(byte[] kind, boolean isCritical, byte[] value) {
        return sequence(kind, isCritical ? new byte[] {1, 1, (byte) 0xFF} : new byte[0], part(4, value));
    }

    private static byte[] named(String commonName) {
        byte[] text = part(12, commonName.getBytes(StandardCharsets.UTF_8));
        return sequence(part(0x31, sequence(new byte[] {6, 3, 85, 4, 3}, text)));
    }

    private static byte[] time(Instant time) {
        return part(23, UTC.format(time).getBytes(StandardCharsets.US_ASCII));
    }

    private static byte[] sequence(byte[]... contents) {
        return part(0x30, contents);
    }

    private static byte[] part(int tag, byte[]... contents) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] content : contents) {
            all.writeBytes(content);
        }
        int length = all.size();
        ByteArrayOutputStream part = new ByteArrayOutputStream();
        part.write(tag);
        if (length >= 0x100) {
            part.write(0x82);
            part.write(length >> 8);
        } else if (length >= 0x80) {
            part.write(0x81);
        }
        part.write(length & 0xFF);
        part.writeBytes(all.toByteArray());
        return part.toByteArray();
    }
}
