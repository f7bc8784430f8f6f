package io.limitledger.gateway.metrics;

import io.limitledger.core.command.LimitCommand;
import io.limitledger.core.event.LimitEvent;
import io.limitledger.core.rule.Decision;
import io.limitledger.topology.LedgerMetrics;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** Counts what the ledger of this process decides. After a crash some decisions are taken, and counted, again. */
public final class LedgerMeters implements LedgerMetrics {
    private final MeterRegistry registry;
    private final Map<String, Counter> commands = new ConcurrentHashMap<>();
    private final Map<String, Counter> replies = new ConcurrentHashMap<>();
    private final Map<String, Counter> events = new ConcurrentHashMap<>();
    private final Map<String, Counter> sendFailures = new ConcurrentHashMap<>();
    private final Map<Integer, AtomicLong> dueLags = new ConcurrentHashMap<>();
    private final Counter rejected;

    public LedgerMeters(MeterRegistry registry) {
        this.registry = registry;
        this.rejected = Counter.builder("limits.commands.rejected")
                .description("Records on the commands topic that could not be read")
                .register(registry);
    }

    @Override
    public void decided(LimitCommand command, Decision decision) {
        counter(commands, "limits.commands", "Commands decided", command.type()).increment();
        counter(
                        replies,
                        "limits.replies",
                        "Outcomes of commands",
                        decision.reply().type())
                .increment();
        for (LimitEvent event : decision.events()) {
            counter(events, "limits.events", "Events written", event.fact().type())
                    .increment();
        }
    }

    @Override
    public void rejected() {
        rejected.increment();
    }

    @Override
    public void dueLag(int partition, long lateMillis) {
        dueLags.computeIfAbsent(partition, this::dueLagGauge).set(lateMillis);
    }

    @Override
    public void sendFailed(String what) {
        counter(sendFailures, "limits.send.failures", "Replies and ticks that could not be sent", what)
                .increment();
    }

    private Counter counter(Map<String, Counter> counters, String name, String description, String type) {
        return counters.computeIfAbsent(
                type,
                key -> Counter.builder(name)
                        .description(description)
                        .tag("type", key)
                        .register(registry));
    }

    private AtomicLong dueLagGauge(int partition) {
        AtomicLong lateMillis = new AtomicLong();
        Gauge.builder("limits.due.lag.seconds", lateMillis, millis -> millis.get() / 1_000.0)
                .description("How late the most overdue limit is")
                .tag("partition", Integer.toString(partition))
                .register(registry);
        return lateMillis;
    }
}
