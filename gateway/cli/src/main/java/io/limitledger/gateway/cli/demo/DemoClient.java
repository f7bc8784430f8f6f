package io.limitledger.gateway.cli.demo;

import io.limitledger.gateway.cli.client.Address;
import io.limitledger.gateway.cli.client.GatewayClient;
import io.limitledger.gateway.cli.client.GatewayException;
import io.limitledger.gateway.cli.client.JsonObject;
import io.limitledger.wire.LeaseIds;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One client of the scene. It is always either pausing, asking or holding, and gives back what it has when it is stopped. */
final class DemoClient {
    /** Longer than any hold, so that nothing expires while the demo runs; short enough if it is killed. */
    private static final BigDecimal LEASE_SECONDS = BigDecimal.valueOf(60);

    private static final JsonObject NOTHING = new JsonObject(Map.of());

    /** Part of the estimate that is really used. */
    private static final double LEAST_USED = 0.4;

    private final GatewayClient gateway;
    private final ScheduledExecutorService timer;
    private final DemoCounts counts;
    private final Habit habit;
    private final String prefix;
    private final Map<String, Object> holder;
    private final Random random = new Random();

    private @Nullable String leaseId;
    private boolean isAsking;
    private boolean isStopped;

    DemoClient(
            GatewayClient gateway,
            ScheduledExecutorService timer,
            DemoCounts counts,
            Habit habit,
            String prefix,
            Map<String, Object> holder) {
        this.gateway = gateway;
        this.timer = timer;
        this.counts = counts;
        this.habit = habit;
        this.prefix = prefix;
        this.holder = holder;
    }

    /** Begins some time within its usual pause, so that not all ask at once. */
    void start() {
        later((long) (random.nextDouble() * habit.pauseMillis().to()), this::ask);
    }

    private void ask() {
        Map<String, Object> body = body();
        String id = String.valueOf(body.get("leaseId"));
        synchronized (this) {
            if (isStopped) {
                return;
            }
            leaseId = id;
            isAsking = true;
        }
        CompletableFuture<?> unused = gateway.askLater("POST", path(), body, habit.patience())
                .whenComplete((lease, failure) -> {
                    if (failure == null) {
                        counts.granted();
                    } else {
                        counts.refused(GatewayException.in(failure));
                    }
                    answered(id, failure == null);
                });
    }

    private void answered(String id, boolean isGranted) {
        boolean isHeld = isGranted && !habit.isSpending();
        synchronized (this) {
            isAsking = false;
            leaseId = isHeld ? id : null;
            if (isStopped) {
                notifyAll();
                return;
            }
        }
        later(
                isHeld ? habit.holdMillis().any(random) : habit.pauseMillis().any(random),
                isHeld ? this::release : this::ask);
    }

    private void release() {
        String id;
        synchronized (this) {
            if (isStopped || leaseId == null) {
                return;
            }
            id = leaseId;
        }
        CompletableFuture<?> unused = settled(id)
                .exceptionally(failure -> NOTHING)
                .thenCompose(settled -> gateway.askLater("DELETE", Address.lease(id), null, Duration.ZERO))
                .whenComplete((gone, failure) -> {
                    synchronized (this) {
                        // Kept if it failed, so that it is released at the end.
                        leaseId = failure == null ? null : leaseId;
                    }
                    later(habit.pauseMillis().any(random), this::ask);
                });
    }

    private CompletableFuture<JsonObject> settled(String id) {
        if (!habit.isSettled()) {
            return CompletableFuture.completedFuture(NOTHING);
        }
        Part last = habit.parts().get(habit.parts().size() - 1);
        long used = (long) (last.slots().from() * (LEAST_USED + random.nextDouble() * (1 - LEAST_USED)));
        Map<String, Object> part = Map.of("name", prefix + last.limit(), "slots", used);
        return gateway.askLater("POST", Address.lease(id) + "/settle", Map.of("limits", List.of(part)), Duration.ZERO);
    }

    /** Ends its wait, or its lease. */
    void stop() {
        String id;
        synchronized (this) {
            isStopped = true;
            id = leaseId;
        }
        if (id != null) {
            CompletableFuture<?> unused = gateway.askLater("DELETE", Address.lease(id), null, Duration.ZERO)
                    .whenComplete((gone, failure) -> {
                        synchronized (this) {
                            if (failure == null && !isAsking) {
                                leaseId = null;
                            }
                            notifyAll();
                        }
                    });
        }
    }

    /** Waits until nothing is asked for any more, and releases what was granted meanwhile. */
    boolean isIdleBy(long deadlineNanos) throws InterruptedException {
        String id;
        synchronized (this) {
            while (isAsking) {
                long left = TimeUnit.NANOSECONDS.toMillis(deadlineNanos - System.nanoTime());
                if (left <= 0) {
                    return false;
                }
                wait(left);
            }
            id = leaseId;
        }
        if (id != null) {
            try {
                gateway.ask("DELETE", Address.lease(id), null);
            } catch (GatewayException e) {
                return false;
            }
        }
        return true;
    }

    private String path() {
        return habit.parts().size() > 1
                ? Address.LEASES
                : Address.limit(prefix + habit.parts().get(0).limit()) + "/leases";
    }

    private Map<String, Object> body() {
        Map<String, Object> body = new LinkedHashMap<>();
        List<Map<String, Object>> parts = habit.parts().stream().map(this::part).toList();
        if (parts.size() > 1) {
            body.put("limits", parts);
        } else {
            body.putAll(parts.get(0));
            body.remove("name");
        }
        body.put(
                "leaseId",
                LeaseIds.newFor(prefix + habit.parts().get(0).limit()).toString());
        body.put("leaseSeconds", habit.isSpending() ? BigDecimal.ZERO : LEASE_SECONDS);
        body.put("waitSeconds", habit.patience().toSeconds());
        body.put("holder", holder);
        if (habit.priority() != 0) {
            body.put("priority", habit.priority());
        }
        return body;
    }

    private Map<String, Object> part(Part part) {
        Map<String, Object> asked = new LinkedHashMap<>();
        asked.put("name", prefix + part.limit());
        asked.put("slots", part.slots().any(random));
        if (!part.keys().isEmpty()) {
            asked.put("key", part.key(random));
        }
        return asked;
    }

    private void later(long millis, Runnable what) {
        synchronized (this) {
            if (!isStopped) {
                Future<?> unused = timer.schedule(what, millis, TimeUnit.MILLISECONDS);
            }
        }
    }
}
