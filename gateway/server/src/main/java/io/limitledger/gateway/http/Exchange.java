package io.limitledger.gateway.http;

import io.javalin.http.Context;
import io.limitledger.client.OnBehalf;
import io.limitledger.gateway.access.Caller;
import io.limitledger.gateway.access.Right;
import java.util.Objects;

/**
 * A request, or an ask of a session, that is being handled. What is taken for a client that learns of it from the answer alone is given back if it
 * gets no such answer: because the client has gone, because the server stops, or because the outcome is not known. A
 * handler says with {@link #takes} how to give back; the server decides when, for all routes and sessions alike.
 */
public interface Exchange {
    /** Name of the request's attribute that holds its exchange. */
    String ATTRIBUTE = "exchange";

    /** Name of the attribute of a WebSocket's upgrade: its caller. */
    String CALLER = "caller";

    static Exchange of(Context request) {
        return Objects.requireNonNull(request.attribute(ATTRIBUTE));
    }

    /** Who asks, and what it may do. Of a connection that stays open: as it is now. */
    Caller caller();

    /** For whom commands are sent; renewals and releases of other owners' leases only where the caller administers the limit. */
    default OnBehalf onBehalf() {
        Caller caller = caller();
        return caller.by() == null
                ? OnBehalf.NO_ONE
                : new OnBehalf(
                        caller.by(),
                        limit -> limit == null ? caller.mayAll(Right.ADMIN) : caller.may(Right.ADMIN, limit));
    }

    /**
     * Says that something is taken that the client learns of only from the answer. From now on the client is watched. A later call
     * replaces an earlier one.
     *
     * @param giveBack called once if the client does not get its answer, perhaps at once; it must not block
     */
    void takes(Runnable giveBack);

    /**
     * Says that the answer may take as long as the client is willing to wait for slots, and not only until a decision.
     * It throws the problem to answer with if too many of the same session wait already.
     */
    default void mayWait() {}
}
