package io.limitledger.client;

import io.limitledger.core.state.Asker;
import io.limitledger.wire.ReplyRecord;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The clients of this process. A ledger in the same process gives each of them its replies at once, and these do not travel
 * over Kafka. That is as safe as reading replies before they are committed: the same commands give the same replies. A
 * client and a ledger meet if they share one of these.
 */
public final class LocalAskers {
    private final Map<String, Inbox> byId = new ConcurrentHashMap<>();

    /** Where a client takes its replies. */
    @FunctionalInterface
    interface Inbox {
        /** Must not block: a ledger waits for it. Returns false if it takes no more for now. */
        boolean offer(String correlationId, ReplyRecord reply);
    }

    void add(String askerId, Inbox inbox) {
        byId.put(askerId, inbox);
    }

    void remove(String askerId) {
        byId.remove(askerId);
    }

    /**
     * Gives an asker its reply, if it is a client of this process.
     *
     * @return whether it has taken it; otherwise the reply must travel
     */
    public boolean deliver(Asker asker, ReplyRecord reply) {
        Inbox inbox = byId.get(asker.key());
        return inbox != null && inbox.offer(asker.correlationId(), reply);
    }
}
