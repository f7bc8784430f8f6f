package io.limitledger.topology;

import io.limitledger.core.command.AcquireLease;
import io.limitledger.core.command.CancelAcquire;
import io.limitledger.core.command.DeleteLimit;
import io.limitledger.core.command.LimitCommand;
import io.limitledger.core.command.PutLimit;
import io.limitledger.core.command.ReleaseLease;
import io.limitledger.core.command.RenewLease;
import io.limitledger.core.command.ReturnSlots;
import io.limitledger.core.command.TakeSlots;
import io.limitledger.core.command.Tick;
import io.limitledger.core.command.UpdateLimit;
import io.limitledger.core.command.UpdateLimit.DefinitionChange;
import io.limitledger.core.rule.LogEntry;
import io.limitledger.core.state.Asker;
import io.limitledger.core.state.Definition;
import io.limitledger.core.state.Holder;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;

/** Logs that a seed determines: few limits and few lease ids, so that commands often meet, and now and then a long pause. */
final class RandomLog {
    private static final List<String> LIMITS = List.of("a", "b", "c");
    private static final int LEASE_IDS = 10;
    private static final List<Asker> ASKERS =
            List.of(new Asker("limits.replies", 1, "gateway", "1"), new Asker("mine", 0, "", ""));

    private final Random random;
    private long now = DrivenTopology.START;

    private RandomLog(long seed) {
        this.random = new Random(seed);
    }

    static List<LogEntry> of(long seed, int commands) {
        RandomLog log = new RandomLog(seed);
        List<LogEntry> entries = new ArrayList<>();
        for (int offset = 0; offset < commands; offset++) {
            LimitCommand command = offset < LIMITS.size() ? log.put(LIMITS.get(offset)) : log.command();
            entries.add(new LogEntry(command, log.passingTime(), offset, log.orNull(log.pick(ASKERS))));
        }
        return entries;
    }

    /** Mostly forward, at times not at all, or backwards as after a change of the partition's leader. */
    private long passingTime() {
        now += switch (random.nextInt(12)) {
            case 0 -> 6 * 60_000;
            case 1 -> -random.nextInt(2_000);
            case 2, 3 -> 0;
            default -> random.nextInt(1_500);
        };
        return now;
    }

    private LimitCommand command() {
        String limit = pick(LIMITS);
        return switch (random.nextInt(20)) {
            case 0 -> put(limit);
            case 1 -> new UpdateLimit(limit, change());
            case 2 -> random.nextInt(3) == 0 ? new DeleteLimit(limit) : new Tick(limit);
            case 3 -> new TakeSlots(limit, leaseId(), slots(), orNull(holder()));
            case 4 -> new ReturnSlots(limit, slots(), random.nextInt(3_000));
            case 5, 6 -> new CancelAcquire(orNull(limit), leaseId());
            case 7, 8, 9 -> new ReleaseLease(orNull(limit), leaseId());
            case 10, 11 -> new RenewLease(orNull(limit), leaseId(), random.nextInt(9_000), orNull(holder()));
            default -> acquire(limit);
        };
    }

    private PutLimit put(String limit) {
        return new PutLimit(limit, definition(), orNull(new UUID(7, random.nextInt())), random.nextInt(4) == 0);
    }

    private Definition definition() {
        double decay = random.nextBoolean() ? 0 : random.nextInt(1, 3_000) / 1_000.0;
        return new Definition(random.nextInt(5), decay, random.nextInt(8) > 0);
    }

    private DefinitionChange change() {
        Definition definition = definition();
        return new DefinitionChange(
                orNull(definition.limit()),
                orNull(definition.slotDecayPerSecond()),
                orNull(definition.active()),
                orNull((long) random.nextInt(3)),
                orNull((long) random.nextInt(3)));
    }

    private AcquireLease acquire(String limit) {
        long leaseMillis = random.nextInt(4) == 0 ? 0 : 1_000 + random.nextInt(5_000);
        long waitMillis = random.nextBoolean() ? 0 : random.nextInt(9_000);
        List<String> siblings = random.nextBoolean() ? List.of() : List.of(pick(LIMITS), pick(LIMITS));
        return new AcquireLease(limit, leaseId(), slots(), leaseMillis, waitMillis, orNull(holder()), siblings);
    }

    private UUID leaseId() {
        return new UUID(1, random.nextInt(LEASE_IDS));
    }

    private long slots() {
        return random.nextInt(4);
    }

    private Holder holder() {
        return new Holder(random.nextBoolean() ? "\"\"" : "{\"type\":\"flow_run\"}");
    }

    private <T> T orNull(T value) {
        return random.nextInt(3) == 0 ? null : value;
    }

    private <T> T pick(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }
}
