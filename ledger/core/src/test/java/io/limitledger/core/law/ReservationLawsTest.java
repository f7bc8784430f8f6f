package io.limitledger.core.law;

import static org.assertj.core.api.Assertions.assertThat;

import io.limitledger.core.command.AcquireLease;
import io.limitledger.core.command.CancelAcquire;
import io.limitledger.core.command.LimitCommand;
import io.limitledger.core.command.PutLimit;
import io.limitledger.core.command.Tick;
import io.limitledger.core.event.LeaseGranted;
import io.limitledger.core.event.LimitEvent;
import io.limitledger.core.event.WaiterQueued;
import io.limitledger.core.reply.Granted;
import io.limitledger.core.rule.Decision;
import io.limitledger.core.rule.LogEntry;
import io.limitledger.core.state.Definition;
import io.limitledger.core.state.Lease;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Slots spent on a rate limit by waiting clients: exactly paced, in order, and never later than promised. */
class ReservationLawsTest {
    private static final int SEEDS = Integer.getInteger("laws.seeds", 200);
    private static final int COMMANDS = 120;
    private static final String LIMIT = "api";
    private static final double[] DECAYS = {0.1, 0.333333333, 1, 3.700000001, 10, 300, 12_345.678};

    @Test
    void noWindowContainsMoreThanTheLimitAndItsDecay() {
        forEachSeed(run -> {
            for (int first = 0; first < run.starts.size(); first++) {
                long slots = 0;
                for (int last = first; last < run.starts.size(); last++) {
                    slots += run.starts.get(last).slots();
                    long millis = run.starts.get(last).startsAt()
                            - run.starts.get(first).startsAt();
                    assertThat(nanos(slots - run.definition.limit()))
                            .as("seed %d: slots %d to %d on %s", run.seed, first, last, run.definition)
                            .isLessThanOrEqualTo(run.definition.decayNanosPerSecond() * millis / 1_000);
                }
            }
        });
    }

    @Test
    void startsFollowTheOrderOfAcquires() {
        forEachSeed(run -> {
            for (int next = 1; next < run.starts.size(); next++) {
                assertThat(run.starts.get(next).startsAt())
                        .as("seed %d, start %d", run.seed, next)
                        .isGreaterThanOrEqualTo(run.starts.get(next - 1).startsAt());
            }
        });
    }

    @Test
    void noWaiterStartsLaterThanPromised() {
        forEachSeed(run -> run.starts.forEach(lease -> assertThat(lease.startsAt())
                .as("seed %d: %s", run.seed, lease)
                .isBetween(lease.acquiredAt(), run.promised.getOrDefault(lease.leaseId(), lease.startsAt()))));
    }

    @Test
    void withoutCancelsEachWaiterStartsExactlyAsPromised() {
        forEachSeed(run -> {
            if (!run.isCancelled) {
                run.starts.forEach(lease -> assertThat(lease.startsAt())
                        .as("seed %d: %s", run.seed, lease)
                        .isEqualTo(run.promised.getOrDefault(lease.leaseId(), lease.startsAt())));
            }
        });
    }

    /** While a client waits, no decayed slot stays idle for a millisecond or longer. */
    @Test
    void aSaturatedLimitIsFullyUsed() {
        forEachSeed(run -> {
            for (int next = 1; next < run.starts.size(); next++) {
                Lease lease = run.starts.get(next);
                boolean hasWaited = lease.startsAt() > lease.acquiredAt();
                long idleMillis = lease.startsAt() - run.earliestStart(next);
                assertThat(hasWaited ? idleMillis : 0)
                        .as("seed %d: start %d, %s", run.seed, next, lease)
                        .isLessThanOrEqualTo(0);
            }
        });
    }

    private static long nanos(long slots) {
        return slots * 1_000_000_000;
    }

    private static void forEachSeed(Consumer<Run> law) {
        for (long seed = 1; seed <= SEEDS; seed++) {
            law.accept(new Run(seed));
        }
    }

    /** Many clients that wait for one rate limit, some of which give up. */
    private static final class Run {
        private final long seed;
        private final Random random;
        private final Definition definition;
        private final boolean isCancelled;
        private final List<Lease> starts = new ArrayList<>();
        private final Map<UUID, Long> promised = new HashMap<>();
        private final List<Long> cancels = new ArrayList<>();
        private final World world = new World();
        private long time = 1_700_000_000_000L;
        private long ids;

        Run(long seed) {
            this.seed = seed;
            this.random = new Random(seed);
            this.definition = new Definition(1 + random.nextInt(5), DECAYS[random.nextInt(DECAYS.length)], true);
            this.isCancelled = random.nextBoolean();
            decide(new PutLimit(LIMIT, definition, null, false));
            for (int command = 0; command < COMMANDS; command++) {
                time += random.nextInt((int) (2_000 / definition.slotDecayPerSecond()) + 1);
                decide(command());
            }
            time += 4_000_000;
            decide(new Tick(LIMIT));
        }

        private LimitCommand command() {
            int kind = random.nextInt(10);
            if (kind == 0) {
                return new Tick(LIMIT);
            }
            if (kind == 1 && isCancelled && ids > 0) {
                return new CancelAcquire(LIMIT, new UUID(0, Math.max(1, ids - random.nextInt(8))));
            }
            long waitMillis = random.nextInt(4) == 0 ? 0 : 3_600_000;
            long slots = 1L + random.nextInt((int) definition.limit());
            return new AcquireLease(LIMIT, new UUID(0, ++ids), slots, 0, waitMillis, null, List.of());
        }

        private void decide(LimitCommand command) {
            Decision decision = world.decide(new LogEntry(command, time, ids, null));
            for (LimitEvent event : decision.events()) {
                if (event.fact() instanceof LeaseGranted granted) {
                    starts.add(granted.lease());
                }
                if (event.fact() instanceof WaiterQueued queued && decision.reply() instanceof Granted granted) {
                    promised.put(queued.waiter().leaseId(), granted.lease().startsAt());
                }
            }
            if (command instanceof CancelAcquire) {
                cancels.add(time);
            }
        }

        /** The first millisecond, not before the previous start, at which the slots fit into a bucket filled so far. */
        private long earliestStart(int index) {
            Lease lease = starts.get(index);
            long earliest = Math.max(lease.acquiredAt(), starts.get(index - 1).startsAt());
            BigDecimal level = BigDecimal.ZERO;
            long at = starts.get(0).startsAt();
            for (int before = 0; before < index; before++) {
                Lease ahead = starts.get(before);
                level = drained(level, ahead.startsAt() - at).add(BigDecimal.valueOf(ahead.slots()));
                at = ahead.startsAt();
            }
            BigDecimal missing = level.add(BigDecimal.valueOf(lease.slots() - definition.limit()));
            long fits = at
                    + missing.max(BigDecimal.ZERO)
                            .scaleByPowerOfTen(3)
                            .divide(decay(), 0, RoundingMode.CEILING)
                            .longValueExact();
            long lastCancel = cancels.stream()
                    .filter(cancel -> cancel <= lease.startsAt())
                    .mapToLong(Long::longValue)
                    .max()
                    .orElse(0);
            return Math.max(Math.max(earliest, fits), lastCancel);
        }

        private BigDecimal drained(BigDecimal level, long millis) {
            return level.subtract(decay().multiply(BigDecimal.valueOf(millis, 3)))
                    .max(BigDecimal.ZERO);
        }

        private BigDecimal decay() {
            return BigDecimal.valueOf(definition.slotDecayPerSecond());
        }
    }
}
