package io.limitledger.gateway.http.server;

import io.limitledger.gateway.admission.FairShare;
import io.limitledger.gateway.http.Client;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.RejectedExecutionException;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * Lets clients take turns at being handled: while many requests wait, the next is one of the client that waits for longest, and
 * a client has at most as many under way as are free for others. So a client that asks as fast as it can slows down itself.
 *
 * <p>It takes the place of a bound on requests per second: whatever number that had, some honest client is faster on a large
 * machine, and some hostile one slow enough on a small one. A turn ends when the handler returns; answers that wait for the
 * ledger hold none.
 */
final class FairTurns extends Handler.Wrapper {
    static final String TOO_MANY = "Nothing was done: as many requests of this client wait for their turn as may";

    /** Requests of a client that wait; each holds a connection, or a stream of one, and its body. */
    private static final int MOST_WAITING = 5_000;

    private final int turns;
    private final Map<Object, Integer> underWay = new HashMap<>();
    /** In the order in which their next turn comes. */
    private final Map<Object, Queue<Turn>> waiting = new LinkedHashMap<>();

    private int taken;

    /** @param turns at a time, for all clients together */
    FairTurns(int turns) {
        this.turns = turns;
    }

    private record Turn(Object client, Request request, Response response, Callback callback) {}

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        Turn turn = new Turn(request.getAttribute(Client.ATTRIBUTE), request, response, callback);
        switch (begin(turn)) {
            case TAKEN -> run(turn);
            case SHARE_FULL ->
                Response.writeError(request, response, callback, HttpStatus.TOO_MANY_REQUESTS_429, TOO_MANY);
            case ALL_FULL -> {
                // It waits for its turn.
            }
        }
        return true;
    }

    private synchronized FairShare.Answer begin(Turn turn) {
        Queue<Turn> before = waiting.get(turn.client());
        if (before == null && mayBegin(turn.client())) {
            take(turn.client());
            return FairShare.Answer.TAKEN;
        }
        if (before != null && before.size() >= MOST_WAITING) {
            return FairShare.Answer.SHARE_FULL;
        }
        waiting.computeIfAbsent(turn.client(), unused -> new ArrayDeque<>()).add(turn);
        return FairShare.Answer.ALL_FULL;
    }

    private boolean mayBegin(Object client) {
        return underWay.getOrDefault(client, 0) < turns - taken;
    }

    private void take(Object client) {
        underWay.merge(client, 1, Integer::sum);
        taken++;
    }

    private void run(Turn turn) {
        pass(turn);
        for (Turn next = end(turn.client()); next != null; next = next()) {
            runLater(next);
        }
    }

    /** Not here: this thread goes on with the connection that it came from. */
    private void runLater(Turn turn) {
        try {
            turn.request().getComponents().getExecutor().execute(() -> run(turn));
        } catch (RejectedExecutionException e) {
            // The server stops.
            turn.callback().failed(e);
        }
    }

    private void pass(Turn turn) {
        try {
            if (!super.handle(turn.request(), turn.response(), turn.callback())) {
                Response.writeError(turn.request(), turn.response(), turn.callback(), HttpStatus.NOT_FOUND_404);
            }
        } catch (Exception e) {
            Response.writeError(turn.request(), turn.response(), turn.callback(), e);
        }
    }

    private synchronized @Nullable Turn end(Object client) {
        underWay.computeIfPresent(client, (unused, count) -> count == 1 ? null : count - 1);
        taken--;
        return next();
    }

    /** The next turn, which is taken; null if no client that waits may have one now. */
    private synchronized @Nullable Turn next() {
        for (Map.Entry<Object, Queue<Turn>> client : waiting.entrySet()) {
            if (mayBegin(client.getKey())) {
                return takeFirst(client.getKey(), client.getValue());
            }
        }
        return null;
    }

    /** Its next one comes when all others that wait have had theirs. */
    private Turn takeFirst(Object client, Queue<Turn> turnsOfClient) {
        Turn turn = turnsOfClient.remove();
        waiting.remove(client);
        if (!turnsOfClient.isEmpty()) {
            waiting.put(client, turnsOfClient);
        }
        take(client);
        return turn;
    }

    /** Requests that wait for their turn, of all clients. */
    synchronized int waiting() {
        return waiting.values().stream().mapToInt(Queue::size).sum();
    }
}
