package io.limitledger.simulation;

import io.limitledger.core.command.AdoptLimit;
import io.limitledger.core.command.LimitCommand;
import io.limitledger.core.rule.LogEntry;
import io.limitledger.core.state.Asker;
import io.limitledger.timer.Timer;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A process's producer. Commands sent to one partition arrive in order. For each command the process learns that it was
 * appended, or that the outcome is unknown; in that case it may have been appended.
 */
final class Producer {
    private static final int LONGEST_SEND_TIMEOUT_MILLIS = 10_000;

    private final Cluster cluster;
    private final Timer host;
    private final Random random;
    private final boolean repeats;
    private final Map<Integer, Long> lastArrival = new HashMap<>();

    /** @param repeats whether a retry without confirmation may append a command twice */
    Producer(Cluster cluster, Timer host, Random random, boolean repeats) {
        this.cluster = cluster;
        this.host = host;
        this.random = random;
        this.repeats = repeats;
    }

    void send(LimitCommand command, int partition, @Nullable Asker asker, @Nullable String by) {
        send(command, partition, asker, by, appended -> {}, () -> {});
    }

    void send(
            LimitCommand command,
            int partition,
            @Nullable Asker asker,
            @Nullable String by,
            Consumer<LogEntry> appended,
            Runnable unknown) {
        Network network = cluster.network;
        long wayMillis = network.wayMillis();
        if (wayMillis == Network.LOST) {
            host.in(random.nextInt(LONGEST_SEND_TIMEOUT_MILLIS), unknown);
            return;
        }
        long at = Math.max(cluster.timer.nowMillis() + wayMillis, lastArrival.getOrDefault(partition, 0L));
        lastArrival.put(partition, at);
        cluster.timer.in(at - cluster.timer.nowMillis(), () -> {
            if (isDropped(command)) {
                return;
            }
            LogEntry entry = cluster.partition(partition).append(command, asker, by);
            if (network.loses()) {
                host.in(random.nextInt(LONGEST_SEND_TIMEOUT_MILLIS), unknown);
            } else {
                host.in(network.delayMillis(), () -> appended.accept(entry));
            }
        });
        if (repeats && network.repeats()) {
            cluster.timer.in(
                    at - cluster.timer.nowMillis() + network.delayMillis(),
                    () -> appendAgain(command, partition, asker, by));
        }
    }

    private void appendAgain(LimitCommand command, int partition, @Nullable Asker asker, @Nullable String by) {
        if (!isDropped(command)) {
            cluster.partition(partition).append(command, asker, by);
        }
    }

    private boolean isDropped(LimitCommand command) {
        return command instanceof AdoptLimit part && !cluster.parts.deliversLateParts() && cluster.isLate(part);
    }
}
