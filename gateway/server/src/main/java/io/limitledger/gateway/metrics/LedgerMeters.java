package io.limitledger.gateway.metrics;

import io.limitledger.core.command.LimitCommand;
import io.limitledger.core.event.Fact;
import io.limitledger.core.event.LeaseGranted;
import io.limitledger.core.event.LimitEvent;
import io.limitledger.core.event.WaiterLeft;
import io.limitledger.core.rule.Decision;
import io.limitledger.topology.LedgerMetrics;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Counts what the ledger of this process decides. After a crash some decisions are taken, and counted, again. */
public final class LedgerMeters implements LedgerMetrics {
    private static final Duration[] WAITS = {
        Duration.ofMillis(10),
        Duration.ofMillis(100),
        Duration.ofSeconds(1),
        Duration.ofSeconds(5),
        Duration.ofSeconds(15),
        Duration.ofMinutes(1),
        Duration.ofMinutes(5),
        Duration.ofMinutes(15),
        Duration.ofHours(1)
    };

    private final MeterRegistry registry;
    private final Map<String, Counter> commands = new ConcurrentHashMap<>();
    private final Map<String, Counter> replies = new ConcurrentHashMap<>();
    private final Map<String, Counter> events = new ConcurrentHashMap<>();
    private final Map<String, Timer> waits = new ConcurrentHashMap<>();
    private final Map<String, Counter> sendFailures = new ConcurrentHashMap<>();
    private final Map<Integer, AtomicLong> dueLags = new ConcurrentHashMap<>();
    private final Map<Integer, AtomicLong> reached = new ConcurrentHashMap<>();
    private final Map<Integer, AtomicLong> behind = new ConcurrentHashMap<>();
    private final Map<String, Counter> restarts = new ConcurrentHashMap<>();
    private final AtomicLong ready = new AtomicLong();
    private final Counter rejected;
    private final Counter lost;
    private final DistributionSummary clockSteps;
    private final AtomicReference<@Nullable ClockStep> lastClockStep = new AtomicReference<>();

    public LedgerMeters(MeterRegistry registry) {
        this.registry = registry;
        // There from the beginning, so that the first failure counts as one more.
        List.of("reply", "command").forEach(this::sendFailures);
        List.of("ledger", "broker").forEach(this::restarts);
        Gauge.builder("limits.ledger.ready", ready, AtomicLong::get)
                .description("1 while the ledger of this process would decide a command in time, else 0")
                .register(registry);
        this.rejected = Counter.builder("limits.commands.rejected")
                .description("Commands put on limits.rejected: unreadable, or with a reply topic that is not allowed")
                .register(registry);
        this.lost = Counter.builder("limits.commands.lost")
                .description("Records that were removed from the commands topic before they were decided")
                .register(registry);
        this.clockSteps = DistributionSummary.builder("limits.clock.steps.back")
                .description("Steps back of the broker's clock; leases, waits and rates go on meanwhile")
                .baseUnit("seconds")
                .register(registry);
    }

    @Override
    public void commandsLost(int partition, long from, long to) {
        lost.increment((double) (to - from));
    }

    @Override
    public void clockSteppedBack(int partition, long byMillis) {
        clockSteps.record(byMillis / 1_000.0);
        lastClockStep.set(new ClockStep(partition, byMillis, System.nanoTime()));
    }

    /** The last step back of the broker's clock that this process has noticed; null if there was none. */
    public @Nullable ClockStep lastClockStep() {
        return lastClockStep.get();
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
            waited(event.fact());
        }
    }

    private void waited(Fact fact) {
        if (fact instanceof LeaseGranted granted && granted.waitedMillis() > 0) {
            waited("granted", granted.waitedMillis());
        } else if (fact instanceof WaiterLeft left && left.waitedMillis() != null) {
            waited(left.reason().name().toLowerCase(Locale.ROOT), left.waitedMillis());
        }
    }

    private void waited(String outcome, long millis) {
        waits.computeIfAbsent(
                        outcome,
                        key -> Timer.builder("limits.wait")
                                .description("Time in line, by what came of it")
                                .tag("outcome", key)
                                .serviceLevelObjectives(WAITS)
                                .register(registry))
                .record(Duration.ofMillis(millis));
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
    public void reached(int partition, long nextOffset) {
        reached.computeIfAbsent(partition, key -> new AtomicLong()).set(nextOffset);
    }

    @Override
    public void left(int partition) {
        reached.remove(partition);
    }

    /** Where a partition begins that was taken over, as long as nothing was decided in it. */
    public void startedAt(int partition, long nextOffset) {
        reached.putIfAbsent(partition, new AtomicLong(nextOffset));
    }

    /** Offset of the first command of a partition that is not decided yet, if that is known. */
    public OptionalLong reached(int partition) {
        AtomicLong offset = reached.get(partition);
        return offset == null ? OptionalLong.empty() : OptionalLong.of(offset.get());
    }

    /** Commands of a partition that are not decided yet. */
    public void behind(int partition, long commands) {
        behind.computeIfAbsent(partition, this::behindGauge).set(commands);
    }

    /** Another instance decides the partition now. */
    public void forget(int partition) {
        AtomicLong commands = behind.get(partition);
        if (commands != null) {
            commands.set(0);
        }
    }

    public void isReady(boolean isReady) {
        ready.set(isReady ? 1 : 0);
    }

    /** A part of this process was stuck and was started again. */
    public void restarted(String part) {
        restarts(part).increment();
    }

    private Counter restarts(String part) {
        return restarts.computeIfAbsent(
                part,
                key -> Counter.builder("limits.restarts")
                        .description("Parts of this process that were stuck and were started again")
                        .tag("part", key)
                        .register(registry));
    }

    private AtomicLong behindGauge(int partition) {
        AtomicLong commands = new AtomicLong();
        Gauge.builder("limits.ledger.lag", commands, AtomicLong::get)
                .description("Commands that the ledger of this process has not decided yet")
                .tag("partition", Integer.toString(partition))
                .register(registry);
        return commands;
    }

    @Override
    public void sendFailed(String what) {
        sendFailures(what).increment();
    }

    private Counter sendFailures(String what) {
        return counter(sendFailures, "limits.send.failures", "Replies and ticks that could not be sent", what);
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
