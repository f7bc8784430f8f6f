package io.limitledger.gateway.memory;

import com.sun.management.GarbageCollectionNotificationInfo;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import javax.management.Notification;
import javax.management.NotificationEmitter;
import javax.management.openmbean.CompositeData;

/**
 * Whether the heap is nearly full of what is in use: how much of it was left after the last collection. New work is refused
 * then, while what holds and gives back slots goes on.
 */
public final class HeapGuard {
    /**
     * Part of the heap that is in use when new work is refused. What is left is for renewals, for Kafka's own buffers, and
     * for garbage between two collections.
     */
    private static final double FULL = 0.85;

    /** Collectors that do not collect the old generation by themselves before it is full are asked to, this often. */
    private static final long ASK_EVERY_NANOS = 10_000_000_000L;

    /** Of collections that go on, after which the garbage is still there. */
    private static final List<String> PARTS = List.of("pause", "concurrent");

    private static final Set<String> HEAP_POOLS = ManagementFactory.getMemoryPoolMXBeans().stream()
            .filter(pool -> pool.getType() == MemoryType.HEAP)
            .map(MemoryPoolMXBean::getName)
            .collect(Collectors.toUnmodifiableSet());

    private final long mostBytes;
    private volatile boolean isFull;
    private long askedNanos = System.nanoTime() - ASK_EVERY_NANOS;

    HeapGuard(long mostBytes) {
        this.mostBytes = mostBytes;
    }

    /** Watches this process from now on. */
    public static HeapGuard start() {
        HeapGuard guard = new HeapGuard(Runtime.getRuntime().maxMemory());
        for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
            if (collector instanceof NotificationEmitter emitter) {
                emitter.addNotificationListener((notification, unused) -> guard.hear(notification), null, null);
            }
        }
        return guard;
    }

    public boolean isFull() {
        return isFull;
    }

    private void hear(Notification notification) {
        if (!GarbageCollectionNotificationInfo.GARBAGE_COLLECTION_NOTIFICATION.equals(notification.getType())) {
            return;
        }
        GarbageCollectionNotificationInfo collection =
                GarbageCollectionNotificationInfo.from((CompositeData) notification.getUserData());
        String action = collection.getGcAction();
        if (PARTS.stream().anyMatch(action::contains)) {
            return;
        }
        Map<String, MemoryUsage> after = collection.getGcInfo().getMemoryUsageAfterGc();
        long used = after.entrySet().stream()
                .filter(pool -> HEAP_POOLS.contains(pool.getKey()))
                .mapToLong(pool -> pool.getValue().getUsed())
                .sum();
        hear(used, !action.contains("minor"), collection.getGcName());
    }

    /** @param isWhole whether all of the heap was collected, so that nothing in use is garbage */
    void hear(long usedBytes, boolean isWhole, String collector) {
        isFull = usedBytes > FULL * mostBytes;
        if (isFull && !isWhole && !collector.startsWith("G1")) {
            collectSeldom();
        }
    }

    private void collectSeldom() {
        long now = System.nanoTime();
        if (now - askedNanos >= ASK_EVERY_NANOS) {
            askedNanos = now;
            Thread thread = new Thread(System::gc, "heap-guard");
            thread.setDaemon(true);
            thread.start();
        }
    }
}
