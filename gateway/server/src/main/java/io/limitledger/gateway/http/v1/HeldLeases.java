package io.limitledger.gateway.http.v1;

import io.limitledger.core.state.EndedLease;
import io.limitledger.core.state.Lease;
import io.limitledger.gateway.http.HttpAnswer;
import io.limitledger.gateway.http.problem.ProblemType;
import io.limitledger.gateway.view.LeaseEndListener;
import io.limitledger.gateway.view.LimitsView;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The leases that sessions hold, so that each session is sent the end of its leases as soon as the view sees it. The view
 * reads every end for itself; what is added here is one look into a map.
 */
final class HeldLeases implements LeaseEndListener {
    /** A limit that moves under a new name is shown under it by then. */
    private static final long MOVED_MILLIS = 300;

    private final LimitsView view;
    private final Executor later = CompletableFuture.delayedExecutor(MOVED_MILLIS, TimeUnit.MILLISECONDS);
    private final Map<UUID, List<OfSession>> holders = new ConcurrentHashMap<>();

    /** Says that a lease has ended, and not by a release of the session that is sent this. */
    private record Lost(End lost) {
        private record End(UUID leaseId, String limit, String reason) {}

        static Lost of(UUID leaseId, String limit, String reason) {
            return new Lost(new End(leaseId, limit, reason));
        }
    }

    HeldLeases(LimitsView view) {
        this.view = view;
    }

    OfSession ofSession(Consumer<Object> push) {
        return new OfSession(push);
    }

    @Override
    public void ended(EndedLease lease) {
        switch (lease.how()) {
            case EXPIRED -> ended(lease, "has expired");
            case RELEASED -> ended(lease, "was released");
            case CANCELLED, UNLEASED -> {
                // Nothing was held.
            }
        }
    }

    private void ended(EndedLease lease, String how) {
        if (holders.containsKey(lease.leaseId())) {
            String reason = "lease id " + lease.leaseId() + " " + how + " at " + Instant.ofEpochMilli(lease.endedAt());
            ended(lease.leaseId(), lease.limit(), reason);
        }
    }

    private void ended(UUID leaseId, String limit, String reason) {
        holders.getOrDefault(leaseId, List.of()).forEach(session -> session.ended(Lost.of(leaseId, limit, reason)));
    }

    /** The limit was deleted; or renamed, and then its leases are found under its new name, now or in a moment. */
    @Override
    public void removed(UUID leaseId, String limit) {
        if (holders.containsKey(leaseId)) {
            later.execute(() -> {
                if (!isWhole(leaseId)) {
                    ended(
                            leaseId,
                            limit,
                            "lease id " + leaseId + " ended with limit '" + limit + "', which was deleted");
                }
            });
        }
    }

    private boolean isWhole(UUID leaseId) {
        List<String> names = view.limitsOf(leaseId);
        Lease one = names.isEmpty() ? null : view.lease(names.get(0), leaseId);
        return one != null && names.size() > one.siblings().size();
    }

    /** Those of one session. A lease is watched from before it is asked for, so that no end is missed. */
    final class OfSession {
        private final Consumer<Object> push;
        private final Map<UUID, Watch> watches = new ConcurrentHashMap<>();
        private volatile boolean isClosed;

        private static final class Watch {
            private boolean isHeld;
            private @Nullable Lost end;
        }

        OfSession(Consumer<Object> push) {
            this.push = push;
        }

        /** The lease is about to be asked for. */
        void expect(UUID leaseId) {
            if (watches.putIfAbsent(leaseId, new Watch()) == null) {
                holders.merge(leaseId, List.of(this), HeldLeases::joined);
            }
            if (isClosed) {
                forget(leaseId);
            }
        }

        /** @param answer to that ask; null if it failed */
        void answered(UUID leaseId, @Nullable HttpAnswer answer) {
            Watch watch = watches.get(leaseId);
            if (watch == null) {
                return;
            }
            boolean isGranted = answer != null && !answer.isFailure();
            boolean isGone = answer != null && answer.status() == ProblemType.LEASE_GONE.status();
            Lost end;
            boolean isHeld;
            synchronized (watch) {
                watch.isHeld = (watch.isHeld || isGranted) && !isGone;
                isHeld = watch.isHeld;
                end = watch.end;
            }
            if (!isHeld) {
                forget(leaseId);
            } else if (end != null) {
                lose(end);
            }
        }

        private void ended(Lost lost) {
            Watch watch = watches.get(lost.lost().leaseId());
            if (watch == null) {
                return;
            }
            synchronized (watch) {
                watch.end = lost;
                if (!watch.isHeld) {
                    return;
                }
            }
            lose(lost);
        }

        private void lose(Lost lost) {
            if (forget(lost.lost().leaseId())) {
                push.accept(lost);
            }
        }

        /** Watches it no longer: the session itself ends it. Returns whether it was watched. */
        boolean forget(UUID leaseId) {
            boolean wasWatched = watches.remove(leaseId) != null;
            if (wasWatched) {
                holders.computeIfPresent(leaseId, (id, sessions) -> without(sessions, this));
            }
            return wasWatched;
        }

        void close() {
            isClosed = true;
            watches.keySet().forEach(this::forget);
        }
    }

    private static List<OfSession> joined(List<OfSession> sessions, List<OfSession> others) {
        return Stream.concat(sessions.stream(), others.stream()).toList();
    }

    /** Null if none is left, so that the map forgets the lease. */
    private static @Nullable List<OfSession> without(List<OfSession> sessions, OfSession gone) {
        List<OfSession> left =
                sessions.stream().filter(session -> session != gone).toList();
        return left.isEmpty() ? null : left;
    }
}
