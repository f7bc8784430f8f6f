package io.limitledger.wire;

import io.limitledger.topics.LedgerTopics;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.util.Base64;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/** Signs what one run of a ledger sends to ledgers; see {@link LedgerProof}. Its key is kept in memory only. Safe for use by many threads. */
public final class LedgerSigner {
    private static final String ALGORITHM = "Ed25519";

    private final KeyPair keys;
    private final String id;

    private LedgerSigner(KeyPair keys) {
        this.keys = keys;
        this.id = LedgerProof.idOf(keys.getPublic().getEncoded());
    }

    /** With a new key. */
    public static LedgerSigner create() {
        try {
            return new LedgerSigner(KeyPairGenerator.getInstance(ALGORITHM).generateKeyPair());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    public String id() {
        return id;
    }

    /** To be published under the id before anything is signed. */
    public byte[] publicKey() {
        return keys.getPublic().getEncoded();
    }

    /** The record that publishes the key. */
    public ProducerRecord<byte[], byte[]> keyRecord() {
        return new ProducerRecord<>(LedgerTopics.LEDGERS, 0, id.getBytes(StandardCharsets.UTF_8), publicKey());
    }

    /**
     * Adds the proof to the headers of a command.
     *
     * @param by name of the principal that the headers name; null if none
     */
    public void sign(Headers headers, int partition, byte @Nullable [] key, byte[] value, @Nullable String by) {
        try {
            Signature signer = Signature.getInstance(ALGORITHM);
            signer.initSign(keys.getPrivate());
            signer.update(LedgerProof.signed(partition, key, value, by));
            String signature = Base64.getUrlEncoder().withoutPadding().encodeToString(signer.sign());
            HeaderText.put(headers, LedgerProof.HEADER, id + ":" + signature);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
