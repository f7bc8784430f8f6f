package io.limitledger.wire;

import java.security.PublicKey;
import org.jspecify.annotations.Nullable;

/** The public keys of all ledgers there ever were, by which their own commands are distinguished from those of others. */
@FunctionalInterface
public interface LedgerKeys {
    /** Asks for no proof: for ledgers without Kafka. */
    LedgerKeys UNCHECKED = id -> null;

    /**
     * A key by its id; null if no ledger has published it before now. So the answer about a command that is in the log
     * already never changes: a ledger publishes its key before it signs with it.
     *
     * @throws org.apache.kafka.common.KafkaException if the keys cannot be read now
     */
    @Nullable
    PublicKey key(String id);
}
