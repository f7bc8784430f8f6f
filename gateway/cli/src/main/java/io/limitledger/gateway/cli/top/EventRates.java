package io.limitledger.gateway.cli.top;

import io.limitledger.gateway.cli.client.EventStream;
import io.limitledger.gateway.cli.client.GatewayClient;
import io.limitledger.gateway.cli.client.GatewayException;
import io.limitledger.gateway.cli.client.JsonObject;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** How many slots were granted and denied each second of late, by limit: counted from the stream of events. */
final class EventRates {
    private static final long WINDOW_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final long RECONNECT_MILLIS = 2_000;

    private final Deque<Decided> decided = new ArrayDeque<>();
    private final Map<String, int[]> counts = new HashMap<>();
    private final long sinceNanos = System.nanoTime();

    private record Decided(long nanos, String limit, boolean isGrant) {}

    /** Decisions each second. */
    record Rate(double granted, double denied) {
        static final Rate NONE = new Rate(0, 0);
    }

    /** Follows the events until the process ends. */
    void follow(GatewayClient gateway) {
        while (!Thread.currentThread().isInterrupted()) {
            try (EventStream stream = gateway.events("", null)) {
                for (JsonObject event = stream.next(); event != null; event = stream.next()) {
                    add(event.requiredText("limit"), event.requiredText("type"), System.nanoTime());
                }
            } catch (IOException | GatewayException e) {
                pause();
            }
        }
    }

    private static void pause() {
        try {
            Thread.sleep(RECONNECT_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    synchronized void add(String limit, String type, long nowNanos) {
        boolean isGrant = type.equals("LeaseGranted");
        if (isGrant || type.equals("LeaseDenied")) {
            decided.add(new Decided(nowNanos, limit, isGrant));
            counts.computeIfAbsent(limit, name -> new int[2])[isGrant ? 0 : 1]++;
        }
    }

    /** Of all limits that had any. */
    synchronized Map<String, Rate> rates(long nowNanos) {
        while (!decided.isEmpty() && nowNanos - decided.peek().nanos() > WINDOW_NANOS) {
            Decided old = decided.remove();
            int[] count = counts.get(old.limit());
            if (count != null && --count[old.isGrant() ? 0 : 1] == 0 && count[0] + count[1] == 0) {
                counts.remove(old.limit());
            }
        }
        double seconds = Math.max(1, Math.min(WINDOW_NANOS, nowNanos - sinceNanos) / 1e9);
        Map<String, Rate> rates = new HashMap<>();
        counts.forEach((limit, count) -> rates.put(limit, new Rate(count[0] / seconds, count[1] / seconds)));
        return rates;
    }
}
