package io.limitledger.holder;

import io.limitledger.core.state.Bounds;
import io.limitledger.timer.Timer;
import io.limitledger.wire.SecondsJson;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A lease that keeps itself. Renewals that fail are tried again at once and ever more slowly; one that is not answered is
 * overtaken by the next. Nothing here blocks but {@link #close}.
 */
final class KeptLease implements Lease {
    private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(2);

    /** So two renewals in a row may fail, with time to spare. */
    private static final int RENEWALS_PER_LEASE = 3;

    /** Unanswered renewals are overtaken so often; often enough for two more before the end. */
    private static final int TRIES_PER_LEASE = 6;

    private static final long LONGEST_TRY_MILLIS = 10_000;

    /** Failing renewals of thousands of leases must not bury a gateway that is coming back. */
    private static final int PAUSES_PER_LEASE = 30;

    private final AcquireRequest request;
    private final UUID leaseId;
    private final List<TransportOutcome.Part> parts;
    private final Map<String, Long> used = new TreeMap<>();
    private final Transport transport;
    private final Timer timer;
    private final Releaser releaser;
    private final Consumer<KeptLease> whenEnded;
    private final Backoff backoff;
    private final CompletableFuture<String> lost = new CompletableFuture<>();

    private State state = State.HELD;
    private long sinceMillis;
    private Runnable cancelRenewal = () -> {};
    private Runnable cancelEnd = () -> {};
    private Runnable cancelLook = () -> {};

    private enum State {
        HELD,
        LOST,
        CLOSED
    }

    /**
     * Keeps what was granted.
     *
     * @param whenEnded called once, when it is lost or closed
     */
    KeptLease(
            AcquireRequest request,
            PendingAcquire.Grant grant,
            Transport transport,
            Timer timer,
            Releaser releaser,
            Consumer<KeptLease> whenEnded) {
        this.request = request;
        this.leaseId = grant.leaseId();
        this.parts = grant.parts();
        this.sinceMillis = grant.sinceMillis();
        this.transport = transport;
        this.timer = timer;
        this.releaser = releaser;
        this.whenEnded = whenEnded;
        this.backoff = new Backoff(Math.max(Backoff.LONGEST_MILLIS, request.leaseMillis() / PAUSES_PER_LEASE));
    }

    static long renewAfterMillis(AcquireRequest request) {
        return request.leaseMillis() / RENEWALS_PER_LEASE;
    }

    synchronized void keep() {
        goOn();
        lookLater();
    }

    private synchronized void goOn() {
        if (state == State.HELD) {
            cancelEnd.run();
            cancelEnd = timer.in(endsInMillis(), this::loseAtItsEnd);
            renewIn(sinceMillis + renewAfterMillis(request) - timer.nowMillis());
        }
    }

    private long endsInMillis() {
        return sinceMillis + request.leaseMillis() - timer.nowMillis();
    }

    private void renewIn(long millis) {
        cancelRenewal.run();
        cancelRenewal = timer.in(Math.max(0, millis), this::renew);
    }

    private synchronized void renew() {
        if (state == State.HELD) {
            long sentMillis = timer.nowMillis();
            renewIn(Math.min(request.leaseMillis() / TRIES_PER_LEASE, LONGEST_TRY_MILLIS));
            CompletableFuture<TransportOutcome> unused =
                    transport.renew(request, leaseId).whenComplete((outcome, failure) -> answered(sentMillis, outcome));
        }
    }

    private synchronized void answered(long sentMillis, @Nullable TransportOutcome outcome) {
        if (outcome instanceof TransportOutcome.Gone gone) {
            lose(gone.message());
        } else if (sentMillis <= sinceMillis || state != State.HELD) {
            // A later renewal was quicker, or the lease has ended.
            return;
        } else if (outcome instanceof TransportOutcome.Held) {
            sinceMillis = sentMillis;
            backoff.reset();
            goOn();
        } else {
            renewIn(backoff.nextMillis());
        }
    }

    private synchronized void lookLater() {
        if (state == State.HELD && request.lookMillis() > 0) {
            cancelLook = timer.in(request.lookMillis(), this::look);
        }
    }

    /** The next look follows the answer to this one, so that a slow gateway is asked less often. */
    private void look() {
        CompletableFuture<Boolean> unused = transport.isThere(leaseId).whenComplete((isThere, failure) -> {
            if (Boolean.FALSE.equals(isThere)) {
                renew();
            }
            lookLater();
        });
    }

    private synchronized void loseAtItsEnd() {
        // A renewal may have been confirmed while this was waiting to be run.
        if (endsInMillis() <= 0) {
            lose("no renewal was confirmed for "
                    + SecondsJson.seconds(request.leaseMillis()).toPlainString() + " s, as long as it lasts");
        }
    }

    /** It is known to have ended. */
    void lose(String reason) {
        if (end(State.LOST)) {
            lost.complete(reason);
        }
    }

    private synchronized boolean end(State end) {
        boolean wasHeld = state == State.HELD;
        state = state == State.CLOSED ? state : end;
        cancelRenewal.run();
        cancelEnd.run();
        cancelLook.run();
        if (wasHeld) {
            whenEnded.accept(this);
        }
        return wasHeld;
    }

    @Override
    public UUID id() {
        return leaseId;
    }

    @Override
    public long slots() {
        List<Long> slots = request.limits().stream().map(this::slots).distinct().toList();
        if (slots.size() > 1) {
            throw new IllegalStateException("The lease holds different numbers of slots of " + request.limitsInWords()
                    + "; say of which limit");
        }
        return slots.get(0);
    }

    @Override
    public long slots(String limit) {
        long asked = request.part(limit).slots();
        return part(limit).map(TransportOutcome.Part::slots).orElse(asked);
    }

    @Override
    public @Nullable String key() {
        String key = request.parts().get(0).key();
        if (!request.parts().stream().allMatch(part -> Objects.equals(part.key(), key))) {
            throw new IllegalStateException("The lease has different keys on " + request.limitsInWords());
        }
        return key;
    }

    @Override
    public long fence() {
        return fence(request.onlyLimit());
    }

    @Override
    public long fence(String limit) {
        return part(request.part(limit).limit())
                .map(TransportOutcome.Part::fence)
                .orElse(0L);
    }

    /** Empty if an older gateway did not say. */
    private Optional<TransportOutcome.Part> part(String limit) {
        return parts.stream().filter(part -> part.limit().equals(limit)).findFirst();
    }

    @Override
    public void settle(long slots) {
        settle(request.onlyLimit(), slots);
    }

    @Override
    public void settle(String limit, long slots) {
        request.part(limit);
        if (slots < 0 || slots > Bounds.SLOTS) {
            throw new IllegalArgumentException("Expected 0 to " + Bounds.SLOTS + " slots, but got " + slots);
        }
        if (isToSettle(limit, slots)) {
            settle(limit, slots, new Backoff());
        }
    }

    private synchronized boolean isToSettle(String limit, long slots) {
        if (state == State.CLOSED) {
            throw new IllegalStateException("The lease is closed; settle it before");
        }
        used.put(limit, slots);
        return state == State.HELD;
    }

    private void settle(String limit, long slots, Backoff pauses) {
        CompletableFuture<TransportOutcome> unused = transport
                .settle(request, leaseId, Map.of(limit, slots))
                .whenComplete((outcome, failure) -> {
                    if (failure != null && isStillToSettle(limit, slots)) {
                        Runnable unusedCancel = timer.in(pauses.nextMillis(), () -> settle(limit, slots, pauses));
                    }
                });
    }

    /** A release says it once more, and another number says it anew. */
    private synchronized boolean isStillToSettle(String limit, long slots) {
        return state == State.HELD && Objects.equals(used.get(limit), slots);
    }

    @Override
    public synchronized boolean isHeld() {
        return state == State.HELD && endsInMillis() > 0;
    }

    @Override
    public void onLost(Consumer<String> action) {
        CompletableFuture<Void> unused =
                lost.thenAcceptAsync(action, KeptLease::onItsOwnThread).exceptionally(KeptLease::tell);
    }

    /** Renewals of other leases must not wait for it, nor must it wait in a pool that is busy. */
    private static void onItsOwnThread(Runnable action) {
        Thread thread = new Thread(action, "limits-lease-lost");
        thread.setDaemon(true);
        thread.start();
    }

    /** As with any thread whose work throws. */
    private static @Nullable Void tell(Throwable failure) {
        Thread thread = Thread.currentThread();
        thread.getUncaughtExceptionHandler().uncaughtException(thread, Failures.cause(failure));
        return null;
    }

    @Override
    public void close() {
        CompletableFuture<Void> released = release();
        if (!transport.keepsOrder()) {
            await(released);
        }
    }

    private static void await(CompletableFuture<Void> released) {
        try {
            released.get(CLOSE_PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            // It is tried on.
        }
    }

    /** Ends it. One that seems lost is released too: a renewal may have been granted whose answer was lost. */
    CompletableFuture<Void> release() {
        return isClosing() ? releaser.release(request, leaseId, usedSlots()) : CompletableFuture.completedFuture(null);
    }

    private synchronized Map<String, Long> usedSlots() {
        return Map.copyOf(used);
    }

    private synchronized boolean isClosing() {
        boolean isClosing = state != State.CLOSED;
        end(State.CLOSED);
        return isClosing;
    }
}
