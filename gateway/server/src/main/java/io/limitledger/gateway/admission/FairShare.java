package io.limitledger.gateway.admission;

import java.util.HashMap;
import java.util.Map;
import java.util.function.IntSupplier;

/**
 * A number of places that clients take and give back. A client may have as many as are left: one alone gets half of them, two
 * get a third each. So there is always room for one more client, however greedy the others are, and no honest client meets its
 * bound before half of all places are taken.
 *
 * <p>Switches share the memory of their ports like this (dynamic thresholds, Choudhury and Hahne 1998). Safe for use by many
 * threads.
 */
public final class FairShare {
    private final IntSupplier places;
    private final Map<Object, Integer> taken = new HashMap<>();
    private int all;

    /** What becomes of a client that wants a place. */
    public enum Answer {
        TAKEN,
        /** The client has as many as it may. */
        SHARE_FULL,
        /** No client may have more. */
        ALL_FULL
    }

    /**
     * Places that no client has yet.
     *
     * @param places in all, asked each time
     */
    public FairShare(IntSupplier places) {
        this.places = places;
    }

    /**
     * Takes a place if the client may have one more.
     *
     * @param client what equals itself, such as an address or the name of a principal
     */
    public synchronized Answer take(Object client) {
        Answer answer = look(client);
        if (answer == Answer.TAKEN) {
            takeAnyway(client);
        }
        return answer;
    }

    /** The answer that the client would get. */
    public synchronized Answer look(Object client) {
        int free = places.getAsInt() - all;
        if (free <= 0) {
            return Answer.ALL_FULL;
        }
        return has(client) < free ? Answer.TAKEN : Answer.SHARE_FULL;
    }

    /** For what has been let in already. */
    public synchronized void takeAnyway(Object client) {
        taken.merge(client, 1, Integer::sum);
        all++;
    }

    public synchronized void giveBack(Object client) {
        if (taken.computeIfPresent(client, (unused, count) -> count - 1) != null) {
            taken.remove(client, 0);
            all--;
        }
    }

    /** How many a client has. */
    public synchronized int has(Object client) {
        return taken.getOrDefault(client, 0);
    }

    /** How many all clients have. */
    public synchronized int all() {
        return all;
    }
}
