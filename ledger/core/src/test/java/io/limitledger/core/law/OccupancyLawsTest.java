package io.limitledger.core.law;

import static org.assertj.core.api.Assertions.assertThat;

import io.limitledger.core.event.CommandRefused;
import io.limitledger.core.event.LeaseDenied;
import io.limitledger.core.event.LeaseExpired;
import io.limitledger.core.event.LeaseGranted;
import io.limitledger.core.event.LeaseReleased;
import io.limitledger.core.event.LeaseSettled;
import io.limitledger.core.event.LimitEvent;
import io.limitledger.core.event.LimitUpdated;
import io.limitledger.core.event.SlotsReturned;
import io.limitledger.core.rule.Decision;
import io.limitledger.core.rule.LogEntry;
import io.limitledger.core.state.Bucket;
import io.limitledger.core.state.HeapRecords;
import io.limitledger.core.state.Lease;
import io.limitledger.core.state.LeaseClock;
import io.limitledger.core.state.Limit;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** The occupied slots equal the held slots, checked after each event. */
class OccupancyLawsTest {
    @Test
    void withoutDecayOccupancyEqualsWhatTheLeasesTook() {
        afterEachEvent(Mix.CONCURRENCY_LIMITS, (world, event) -> {
            Bucket bucket = world.limit(event.limit()).bucket();
            long taken = world.leases(event.limit()).stream()
                    .mapToLong(Lease::takenMicros)
                    .sum();
            assertThat(bucket.levelMicros()).isEqualTo(taken + bucket.unleasedMicros());
            assertThat(bucket.drainedMicros()).isZero();
        });
    }

    @Test
    void withDecayOccupancyCoversWhatMayStillBeReturned() {
        afterEachEvent(Mix.EVERYTHING, (world, event) -> {
            for (long later : List.of(0L, 1L, 700L, 5_000L)) {
                Bucket bucket = world.limit(event.limit()).bucketAt(event.at() + later);
                long undecayed = world.leases(event.limit()).stream()
                        .mapToLong(lease -> lease.undecayedMicros(bucket))
                        .sum();
                assertThat(undecayed + bucket.unleasedMicros())
                        .as("%d ms after %s", later, event)
                        .isBetween(0L, bucket.levelMicros());
            }
        });
    }

    @Test
    void noGrantExceedsAnActiveLimit() {
        afterEachEvent(Mix.EVERYTHING, (world, event) -> {
            Limit limit = world.limit(event.limit());
            boolean isFromNowOn = event.fact() instanceof LeaseGranted granted
                    && granted.lease().startsAt() <= event.at();
            if (isFromNowOn && limit.definition().active()) {
                assertThat(limit.bucket().levelMicros())
                        .as("%s", event)
                        .isLessThanOrEqualTo(limit.definition().limit() * Bucket.MICROS);
            }
        });
    }

    @Test
    void onlyGrantsAndEditsRaiseOccupancyAndByWhatTheyRecord() {
        Laws.holdWithModel(Mix.EVERYTHING, log -> {
            World world = new World();
            World replica = new World();
            for (LimitEvent event : eventsOf(log, world)) {
                Limit before = replica.records.limit(event.limit());
                replica.apply(event);
                Limit after = replica.records.limit(event.limit());
                if (before != null && after != null) {
                    assertThat(after.bucket().levelMicros())
                            .as("%s", event)
                            .isLessThanOrEqualTo(
                                    before.bucketAt(after.bucket().settledAt()).levelMicros()
                                            + takenBy(event, before, after));
                }
            }
        });
    }

    @Test
    void returnedSlotsFreeWhatTheEventRecords() {
        Laws.holdWithModel(Mix.EVERYTHING, log -> {
            World replica = new World();
            for (LimitEvent event : eventsOf(log, new World())) {
                Limit before = replica.records.limit(event.limit());
                replica.apply(event);
                OptionalLong freed = freedBy(event);
                if (before != null && freed.isPresent()) {
                    Bucket after = replica.limit(event.limit()).bucket();
                    assertThat(after.levelMicros())
                            .as("%s", event)
                            .isEqualTo(before.bucketAt(after.settledAt()).levelMicros() - freed.getAsLong());
                }
            }
        });
    }

    @Test
    void denialsAndRefusalsChangeNothing() {
        Laws.holdWithModel(Mix.EVERYTHING, log -> {
            World replica = new World();
            for (LimitEvent event : eventsOf(log, new World())) {
                HeapRecords expected = event.fact() instanceof LeaseDenied || event.fact() instanceof CommandRefused
                        ? replica.copy(limit -> limit.name().equals(event.limit())
                                ? limit.decided(event.at(), event.number(), event.offset())
                                : limit)
                        : null;
                LeaseClock clock = replica.records.leaseClock();
                replica.apply(event);
                if (expected != null) {
                    assertThat(replica.copy()).as("%s", event).isEqualTo(expected);
                    assertThat(replica.records.leaseClock())
                            .as("%s", event)
                            .isEqualTo(clock.ahead(event.aheadMillis()));
                }
            }
        });
    }

    @Test
    void invalidCommandsLeaveNoTrace() {
        Laws.holdWithModel(Mix.EVERYTHING, log -> {
            World world = new World();
            for (LogEntry entry : log) {
                world.applyHeartbeatsBefore(entry.timestamp());
                HeapRecords before = world.records.copy();
                Decision decision = world.decide(entry);
                if (!entry.command().invalidFields().isEmpty()) {
                    assertThat(decision.events()).isEmpty();
                    assertThat(decision.answers()).isEmpty();
                    assertThat(world.records).isEqualTo(before);
                }
            }
        });
    }

    @Test
    void everyCountEqualsTheNumberOfRecords() {
        afterEachEvent(Mix.EVERYTHING, (world, event) -> {
            Limit limit = world.limit(event.limit());
            assertThat(limit.leases()).isEqualTo(world.leases(event.limit()).size());
            assertThat(limit.waiting()).isEqualTo(world.waiters(event.limit()).size());
            assertThat(limit.ended()).isEqualTo(world.ended(event.limit()).size());
        });
    }

    private static void afterEachEvent(Mix mix, EventLaw law) {
        Laws.holdWithModel(mix, log -> {
            World replica = new World();
            for (LimitEvent event : eventsOf(log, new World())) {
                replica.apply(event);
                if (replica.records.limit(event.limit()) != null) {
                    law.check(replica, event);
                }
            }
        });
    }

    private static List<LimitEvent> eventsOf(List<LogEntry> log, World world) {
        return log.stream()
                .flatMap(entry -> world.decide(entry).events().stream())
                .toList();
    }

    private static long takenBy(LimitEvent event, Limit before, Limit after) {
        if (event.fact() instanceof LeaseGranted granted) {
            return granted.lease().takenMicros();
        }
        if (event.fact() instanceof LeaseSettled settled) {
            return -settled.freedMicros();
        }
        long unleased = before.bucketAt(after.bucket().settledAt()).unleasedMicros();
        return event.fact() instanceof LimitUpdated ? Math.max(0, after.bucket().unleasedMicros() - unleased) : 0;
    }

    private static OptionalLong freedBy(LimitEvent event) {
        if (event.fact() instanceof LeaseReleased released) {
            return OptionalLong.of(released.freedMicros());
        }
        if (event.fact() instanceof LeaseExpired expired) {
            return OptionalLong.of(expired.freedMicros());
        }
        return event.fact() instanceof SlotsReturned returned
                ? OptionalLong.of(returned.freedMicros())
                : OptionalLong.empty();
    }

    @FunctionalInterface
    private interface EventLaw {
        void check(World world, LimitEvent event);
    }
}
