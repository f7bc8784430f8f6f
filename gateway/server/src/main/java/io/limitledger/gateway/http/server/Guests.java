package io.limitledger.gateway.http.server;

import io.limitledger.gateway.access.Caller;
import io.limitledger.gateway.access.Credentials;
import io.limitledger.gateway.access.Gatekeeper;
import io.limitledger.gateway.access.Need;
import io.limitledger.gateway.access.UnauthenticatedException;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Callers whose connections stay: streams and sessions. Their credentials are looked at again and again, so that a right that is
 * given or taken is in force at once, and a connection ends soon after the token that opened it was revoked or expired.
 */
final class Guests implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Guests.class);

    /** A revoked token is worth nothing within a second, with what it takes to hear of it. */
    private static final long PERIOD_MILLIS = 500;

    private final Gatekeeper gatekeeper;
    private final Set<Guest> guests = ConcurrentHashMap.newKeySet();
    private final @Nullable ScheduledExecutorService thread;

    Guests(Gatekeeper gatekeeper) {
        this.gatekeeper = gatekeeper;
        this.thread = gatekeeper.isOpen() ? null : Executors.newSingleThreadScheduledExecutor(Guests::daemon);
        if (thread != null) {
            var unused =
                    thread.scheduleWithFixedDelay(this::lookAgain, PERIOD_MILLIS, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    /** One caller, from when its connection was let in until it has gone. */
    final class Guest {
        private final Credentials credentials;
        private final Need need;
        private final Map<String, String> path;
        private volatile Caller caller;
        private volatile Consumer<Caller> change = known -> {};
        private volatile Consumer<String> show = reason -> {};
        private volatile Runnable cut = () -> {};
        private volatile boolean isShownOut;

        private Guest(Credentials credentials, Need need, Map<String, String> path, Caller caller) {
            this.credentials = credentials;
            this.need = need;
            this.path = path;
            this.caller = caller;
        }

        /** What it may do now; nothing once its connection is to end. */
        Caller caller() {
            return caller;
        }

        /**
         * Says what becomes of its connection.
         *
         * @param change is given the caller whenever it was looked at again
         * @param show ends it with a reason, as soon as the client takes that
         * @param cut ends it at once; called if it is still there a moment later
         */
        void stays(Consumer<Caller> change, Consumer<String> show, Runnable cut) {
            this.change = change;
            this.show = show;
            this.cut = cut;
            if (!gatekeeper.isOpen()) {
                guests.add(this);
            }
        }

        /** Its connection has gone. */
        void left() {
            guests.remove(this);
        }

        private void lookAgain() {
            if (isShownOut) {
                left();
                cut.run();
                return;
            }
            CompletableFuture<Void> unused = gatekeeper.caller(credentials).handle((known, failure) -> {
                seen(known, failure instanceof CompletionException ? failure.getCause() : failure);
                return null;
            });
        }

        private void seen(@Nullable Caller known, @Nullable Throwable failure) {
            if (known != null) {
                try {
                    Door.check(known, need, path::get);
                    caller = known;
                    change.accept(known);
                } catch (RuntimeException e) {
                    end(e);
                }
            } else if (failure instanceof UnauthenticatedException) {
                end(failure);
            }
            // Otherwise it could not be found out, which changes nothing for a caller that was known.
        }

        private void end(Throwable reason) {
            caller = Caller.UNKNOWN;
            change.accept(Caller.UNKNOWN);
            isShownOut = true;
            show.accept(String.valueOf(reason.getMessage()));
        }
    }

    /** A caller that was let in. */
    Guest guest(Credentials credentials, Need need, Map<String, String> path, Caller caller) {
        return new Guest(credentials, need, path, caller);
    }

    private void lookAgain() {
        for (Guest guest : guests) {
            try {
                guest.lookAgain();
            } catch (RuntimeException e) {
                LOG.error("A caller could not be looked at again", e);
            }
        }
    }

    @Override
    public void close() {
        if (thread != null) {
            thread.shutdownNow();
        }
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "guests");
        thread.setDaemon(true);
        return thread;
    }
}
