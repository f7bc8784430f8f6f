package io.limitledger.topology;

import io.limitledger.topics.LedgerTopics;
import java.io.Serial;

/** The store of a partition holds a record that no ledger wrote, so what it would decide cannot be trusted. */
final class UnreadableStateException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1;

    UnreadableStateException(int partition, RuntimeException reason) {
        super(
                "Partition " + partition + " is not decided: its state in " + LedgerTopics.CHANGELOG + "-" + partition
                        + " cannot be read, since " + reason.getMessage()
                        + " 'limits audit verify' names the offset; 'limits restore' builds the state anew from the"
                        + " events.",
                reason);
    }
}
