package io.limitledger.wire;

import io.limitledger.core.command.AdoptLimit;
import io.limitledger.core.command.FinishRename;
import io.limitledger.core.command.Heartbeat;
import io.limitledger.core.command.LimitCommand;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * The proof that a command comes from a ledger: a signature (Ed25519) over its partition, key and value, and over the principal in
 * whose name it is sent if there is one, in the header {@value #HEADER}, behind the id of the key that made it. A ledger makes a pair of keys when it starts, publishes the public one,
 * and never stores the other.
 *
 * <p>It shows who sent a command, not when: whoever may read and write commands can send the same bytes to the same
 * partition again. What ledgers send to themselves can come more than once, so that changes nothing but this: a heartbeat
 * that is sent again while no ledger runs hides its absence.
 */
public final class LedgerProof {
    /** On commands that only ledgers send: {@code id:signature}, both in base64 for addresses. */
    public static final String HEADER = "ledger-proof";

    /** The first version of the rules that asks for it. */
    private static final int SINCE_RULES = 2;

    private static final String ALGORITHM = "Ed25519";

    /** What is signed here is signed nowhere else. */
    private static final byte[] CONTEXT = "limit-ledger command 1\n".getBytes(StandardCharsets.US_ASCII);

    /** No two keys share so much of their hash. */
    private static final int ID_BYTES = 16;

    /** An id, a colon and a signature of 64 bytes have 109. */
    private static final int MOST_CHARACTERS = 200;

    private LedgerProof() {}

    /** Whether only ledgers send such commands. A tick is not one of them: it says nothing but that time has passed. */
    public static boolean isNeeded(LimitCommand command) {
        return command instanceof AdoptLimit || command instanceof FinishRename || command instanceof Heartbeat;
    }

    /**
     * Checks the proof.
     *
     * @param by name of the principal that it names; null if none
     * @param rules version of the rules by which the command is decided
     */
    static void require(
            LimitCommand command,
            @Nullable String by,
            Headers headers,
            byte @Nullable [] key,
            byte @Nullable [] value,
            int partition,
            int rules,
            LedgerKeys keys)
            throws UnreadableRecordException {
        if (rules < SINCE_RULES || keys == LedgerKeys.UNCHECKED || !isNeeded(command)) {
            return;
        }
        String proof = HeaderText.of(headers, HEADER);
        String because =
                proof == null ? "it has no header " + HEADER : flaw(proof, signed(partition, key, value, by), keys);
        if (because != null) {
            throw new UnreadableRecordException(
                    "Only ledgers send " + command.type() + ", and this one does not come from one: " + because);
        }
    }

    private static @Nullable String flaw(String proof, byte[] signed, LedgerKeys keys) {
        int colon = proof.indexOf(':');
        if (colon < 0 || proof.length() > MOST_CHARACTERS) {
            return "its header " + HEADER + " is not of the form id:signature";
        }
        PublicKey key = keys.key(proof.substring(0, colon));
        if (key == null) {
            return "no ledger has published the key that its header " + HEADER + " names";
        }
        return isBy(key, signed, proof.substring(colon + 1)) ? null : "its signature is not of these bytes";
    }

    private static boolean isBy(PublicKey key, byte[] signed, String signature) {
        try {
            Signature verifier = Signature.getInstance(ALGORITHM);
            verifier.initVerify(key);
            verifier.update(signed);
            return verifier.verify(Base64.getUrlDecoder().decode(signature));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            return false;
        }
    }

    /**
     * What a signature is made of: each part with its length, so that no two commands have the same. Where no principal is
     * named nothing stands for it, as in the versions before principals were.
     */
    static byte[] signed(int partition, byte @Nullable [] key, byte @Nullable [] value, @Nullable String by) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(CONTEXT);
        bytes.writeBytes(number(partition));
        for (byte[] part : Arrays.asList(key, value)) {
            bytes.writeBytes(number(part == null ? -1 : part.length));
            bytes.writeBytes(part == null ? new byte[0] : part);
        }
        if (by != null) {
            byte[] name = by.getBytes(StandardCharsets.UTF_8);
            bytes.writeBytes(number(name.length));
            bytes.writeBytes(name);
        }
        return bytes.toByteArray();
    }

    private static byte[] number(int number) {
        return ByteBuffer.allocate(Integer.BYTES).putInt(number).array();
    }

    /** The id of a public key, which follows from it; so no one can publish another key under it. */
    public static String idOf(byte[] publicKey) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(publicKey);
            return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(hash, ID_BYTES));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A public key as it was published under an id; null if it is none, or another's. */
    public static @Nullable PublicKey publicKey(String id, byte[] published) {
        try {
            return idOf(published).equals(id)
                    ? KeyFactory.getInstance(ALGORITHM).generatePublic(new X509EncodedKeySpec(published))
                    : null;
        } catch (GeneralSecurityException e) {
            return null;
        }
    }
}
