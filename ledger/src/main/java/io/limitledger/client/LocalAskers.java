package io.limitledger.client;

import io.limitledger.core.state.Asker;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The askers of this process. Where a ledger of the same process decides for one of them, it tells it at once, and the
 * reply does not travel over Kafka. That is as safe as reading replies before they are committed: the same commands give
 * the same replies. A client and a ledger that share one of these meet there; it may stay empty.
 */
public final class LocalAskers {
    private final Map<String, Inbox> byId = new ConcurrentHashMap<>();

    /** Where an asker takes what it is told. */
    @FunctionalInterface
    interface Inbox {
        /** Must not block: a ledger waits for it. Returns false if it takes no more for now. */
        boolean offer(String correlationId, Answer answer, long at);
    }

    void add(String askerId, Inbox inbox) {
        byId.put(askerId, inbox);
    }

    void remove(String askerId) {
        byId.remove(askerId);
    }

    /**
     * Tells an asker what was decided, if it is one of these.
     *
     * @param at epoch milliseconds of the command whose decision this is
     * @return whether it has been told
     */
    public boolean tell(Asker asker, Answer answer, long at) {
        Inbox inbox = byId.get(asker.key());
        return inbox != null && inbox.offer(asker.correlationId(), answer, at);
    }
}
