package io.limitledger.core.law;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.limitledger.core.command.DefineKey;
import io.limitledger.core.event.LeaseGranted;
import io.limitledger.core.reply.Granted;
import io.limitledger.core.reply.Queued;
import io.limitledger.core.reply.Refused;
import io.limitledger.core.rule.Decision;
import io.limitledger.core.state.Bounds;
import io.limitledger.core.state.Definition;
import io.limitledger.core.state.KeyBounds;
import io.limitledger.core.state.KeyOverride;
import io.limitledger.core.state.Lease;
import io.limitledger.core.state.Queueing;
import io.limitledger.core.state.Queueing.Order;
import io.limitledger.core.state.Queueing.WhenFull;
import io.limitledger.core.state.Quota;
import io.limitledger.core.state.SlidingPeriod;
import io.limitledger.core.state.Terms;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Keys that share a limit: none takes the turns of another, and none waits for what it does not need. */
class FairLawsTest {
    private static final int SEEDS = Integer.getInteger("laws.seeds", 200);

    @Test
    void keysThatAlwaysWaitGetTheSameToWithinOneGrant() {
        for (long seed = 1; seed <= SEEDS; seed++) {
            assertEven(alwaysWaiting(new Random(seed), Order.FAIR, Map.of()), Map.of(), seed);
        }
    }

    /** The law finds a queue in which the key that came first with many requests gets all turns. */
    @Test
    void findsAnUnfairQueue() {
        assertThatThrownBy(() -> assertEven(alwaysWaiting(new Random(1), Order.FIFO, Map.of()), Map.of(), 1))
                .isInstanceOf(AssertionError.class);
    }

    @Test
    void aKeyGetsByItsWeight() {
        for (long seed = 1; seed <= SEEDS / 4; seed++) {
            Map<String, Double> weights = Map.of("a", 3.0, "b", 1.0);
            assertEven(alwaysWaiting(new Random(seed), Order.FAIR, weights), weights, seed);
        }
    }

    /** Grants of each key, with one slot that is always asked for by two keys, and held for equally long. */
    private static Map<String, Integer> alwaysWaiting(Random random, Order order, Map<String, Double> weights) {
        Trial trial =
                new Trial(new Definition(1, 0, true, List.of(), null, new Queueing(order, null, WhenFull.REFUSE)));
        weights.forEach((key, weight) ->
                trial.decide(new DefineKey(Trial.LIMIT, key, new KeyOverride(null, null, null, null, weight))));
        trial.decide(trial.acquire(1, 60_000, 0, "first"));
        for (int waiter = 0; waiter < 40; waiter++) {
            trial.decide(trial.acquire(1, 60_000, 3_600_000, "a"));
        }
        for (int waiter = 0; waiter < 40; waiter++) {
            trial.pass(random.nextInt(3));
            trial.decide(trial.acquire(1, 60_000, 3_600_000, "b"));
        }
        Map<String, Integer> grants = new HashMap<>(Map.of("a", 0, "b", 0));
        for (int turn = 0; turn < 24; turn++) {
            Lease last = trial.grants.get(trial.grants.size() - 1);
            trial.release(last.leaseId());
            grants.merge(
                    String.valueOf(
                            trial.grants.get(trial.grants.size() - 1).claim().key()),
                    1,
                    Integer::sum);
        }
        return grants;
    }

    private static void assertEven(Map<String, Integer> grants, Map<String, Double> weights, long seed) {
        double a = grants.get("a") / weights.getOrDefault("a", 1.0);
        double b = grants.get("b") / weights.getOrDefault("b", 1.0);
        assertThat(Math.abs(a - b)).as("seed %d: %s", seed, grants).isLessThanOrEqualTo(1);
    }

    @Test
    void noGrantGoesToAKeyThatOccupiesMoreThanAnotherThatCouldBeServed() {
        for (long seed = 1; seed <= SEEDS; seed++) {
            Random random = new Random(seed);
            KeyBounds perKey = random.nextBoolean() ? new KeyBounds(2, 0, List.of()) : null;
            Trial trial = new Trial(
                    new Definition(3, 0, true, List.of(), perKey, new Queueing(Order.FAIR, null, WhenFull.REFUSE)));
            Map<String, Deque<UUID>> waiting = new HashMap<>();
            for (int command = 0; command < 80; command++) {
                trial.pass(random.nextInt(500));
                Map<String, Long> held = held(trial);
                Decision decision;
                if (random.nextInt(3) > 0 || trial.grants.isEmpty()) {
                    String key = "key " + random.nextInt(4);
                    var acquire = trial.acquire(1, 60_000_000, 3_600_000, key);
                    decision = trial.decideAll(acquire);
                    if (decision.reply() instanceof Queued) {
                        waiting.computeIfAbsent(key, name -> new ArrayDeque<>()).add(acquire.leaseId());
                    }
                } else {
                    Lease any = trial.grants.remove(random.nextInt(trial.grants.size()));
                    held.merge(String.valueOf(any.claim().key()), -1L, Long::sum);
                    decision =
                            trial.decideAll(new io.limitledger.core.command.ReleaseLease(Trial.LIMIT, any.leaseId()));
                }
                for (var event : decision.events()) {
                    if (event.fact() instanceof LeaseGranted granted) {
                        String key = String.valueOf(granted.lease().claim().key());
                        long most = perKey == null ? 3 : 2;
                        waiting.forEach((other, queue) -> {
                            if (!queue.isEmpty() && !other.equals(key) && held.getOrDefault(other, 0L) < most) {
                                assertThat(held.getOrDefault(key, 0L))
                                        .as("%s was served before %s", key, other)
                                        .isLessThanOrEqualTo(held.getOrDefault(other, 0L));
                            }
                        });
                        Deque<UUID> queue = waiting.getOrDefault(key, new ArrayDeque<>());
                        if (!queue.isEmpty() && queue.contains(granted.lease().leaseId())) {
                            assertThat(granted.lease().leaseId())
                                    .as("order within a key")
                                    .isEqualTo(queue.remove());
                        }
                        held.merge(key, 1L, Long::sum);
                    }
                }
                assertWorkIsConserved(waiting, held, perKey);
            }
        }
    }

    private static void assertWorkIsConserved(
            Map<String, Deque<UUID>> waiting, Map<String, Long> held, KeyBounds perKey) {
        long occupied = held.values().stream().mapToLong(Long::longValue).sum();
        waiting.forEach((key, queue) -> {
            if (!queue.isEmpty() && (perKey == null || held.getOrDefault(key, 0L) < 2)) {
                assertThat(occupied).as("%s waits for what is free", key).isEqualTo(3);
            }
        });
    }

    private static Map<String, Long> held(Trial trial) {
        Map<String, Long> held = new HashMap<>();
        for (int key = 0; key < 4; key++) {
            held.put("key " + key, trial.held("key " + key));
        }
        return held;
    }

    @Test
    void aFullKeyBlocksOnlyItsOwnWaiters() {
        // given
        Trial trial =
                new Trial(new Definition(10, 0, true, List.of(), new KeyBounds(1, 0, List.of()), Queueing.DEFAULT));
        trial.decide(trial.acquire(1, 60_000, 0, "a"));
        trial.decide(trial.acquire(1, 60_000, 60_000, "a"));

        // when
        var reply = trial.decide(trial.acquire(1, 60_000, 60_000, "b"));

        // then
        assertThat(reply).isInstanceOf(Granted.class);
    }

    @Test
    void aWideRequestIsNotStarvedByNarrowOnesOfOtherKeys() {
        // given
        Trial trial =
                new Trial(new Definition(4, 0, true, List.of(), new KeyBounds(4, 0, List.of()), Queueing.DEFAULT));
        for (int narrow = 0; narrow < 4; narrow++) {
            trial.decide(trial.acquire(1, 3_600_000, 0, "key " + narrow));
        }
        var wide = trial.acquire(4, 60_000, 600_000, "wide");
        trial.decide(wide);

        // when: a narrow one comes for each that goes
        List<Lease> held = new ArrayList<>(trial.grants);
        for (Lease lease : held) {
            trial.release(lease.leaseId());
            trial.decide(trial.acquire(1, 60_000, 600_000, "key 9"));
        }

        // then
        assertThat(trial.grants.get(4).leaseId()).isEqualTo(wide.leaseId());
    }

    @Test
    void aHeadStartIsWorthItsSeconds() {
        for (long seed = 1; seed <= SEEDS; seed++) {
            Random random = new Random(seed);
            Trial trial = new Trial(new Definition(1, 0, true, List.of(), null, Queueing.DEFAULT));
            trial.decide(trial.acquire(1, 30L * 24 * 3_600_000, 0, (String) null));
            Map<UUID, Long> standsSince = new HashMap<>();
            for (int waiter = 0; waiter < 15; waiter++) {
                trial.pass(random.nextInt(20_000));
                long priority = random.nextInt(5) == 0 ? 0 : random.nextInt(100) - 30;
                var acquire = trial.acquire(
                        1, 30L * 24 * 3_600_000, 3_600_000, new Terms(null, priority, null, Terms.OnExpiry.CHARGE));
                trial.decide(acquire);
                standsSince.put(acquire.leaseId(), trial.now - priority * 1_000);
            }
            for (int turn = 0; turn < 15; turn++) {
                trial.release(trial.grants.get(turn).leaseId());
            }
            assertThat(trial.grants.subList(1, 16))
                    .as("seed %d", seed)
                    .extracting(lease -> standsSince.get(lease.leaseId()))
                    .isSorted();
        }
    }

    @Test
    void theNewestWinsWhereTheOldestIsReplaced() {
        // given
        Trial trial = new Trial(
                new Definition(1, 0, true, List.of(), null, new Queueing(Order.FIFO, 1L, WhenFull.REPLACE_OLDEST)));
        trial.decide(trial.acquire(1, 60_000, 0, (String) null));
        trial.decide(trial.acquire(1, 60_000, 60_000, (String) null));
        var newest = trial.acquire(1, 60_000, 60_000, (String) null);

        // when
        Decision decision = trial.decideAll(newest);

        // then
        assertThat(decision.reply()).isInstanceOf(Queued.class);
        assertThat(decision.answers())
                .hasSize(1)
                .first()
                .satisfies(answer -> assertThat(answer.reply())
                        .hasFieldOrPropertyWithValue("reason", io.limitledger.core.reply.Denied.Reason.REPLACED));
        trial.release(trial.grants.get(0).leaseId());
        assertThat(trial.grants.get(1).leaseId()).isEqualTo(newest.leaseId());
    }

    @Test
    void aKeyTooManyIsRefusedUntilOneIsIdle() {
        // given
        List<Quota> quotas = List.of(new Quota(1, new SlidingPeriod(600)));
        Trial trial =
                new Trial(new Definition(1_000_000, 0, true, List.of(), new KeyBounds(1, 0, quotas), Queueing.DEFAULT));
        for (int key = 0; key < Bounds.KEYS_PER_LIMIT; key++) {
            trial.decide(trial.acquire(1, 1_000, 0, "key " + key));
        }

        // when
        var refused = trial.decide(trial.acquire(1, 1_000, 0, "one more"));
        trial.pass(611_000);
        var granted = trial.decide(trial.acquire(1, 1_000, 0, "one more"));

        // then
        assertThat(refused).hasFieldOrPropertyWithValue("reason", Refused.Reason.TOO_MANY_KEYS);
        assertThat(granted).isInstanceOf(Granted.class);
    }

    @Test
    void keysOfWhichNothingIsLeftLeaveNoRecord() {
        // given
        List<Quota> quotas = List.of(new Quota(3, new SlidingPeriod(60)));
        Trial trial = new Trial(new Definition(
                1_000_000,
                0,
                true,
                List.of(),
                new KeyBounds(2, 0, quotas),
                new Queueing(Order.FAIR, null, WhenFull.REFUSE)));

        // when
        for (int key = 0; key < 20_000; key++) {
            trial.pass(20);
            trial.decide(trial.acquire(1, 1_000, 0, "key " + key));
        }
        long most = trial.state.keys(Trial.LIMIT);
        trial.passTicking(600_000);

        // then
        assertThat(most).isLessThan(20_000);
        assertThat(trial.state.keys(Trial.LIMIT)).isZero();
    }
}
