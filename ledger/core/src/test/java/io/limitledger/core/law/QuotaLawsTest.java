package io.limitledger.core.law;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.limitledger.core.command.AcquireLease;
import io.limitledger.core.command.SettleLease;
import io.limitledger.core.reply.Denied;
import io.limitledger.core.reply.Granted;
import io.limitledger.core.reply.Reply;
import io.limitledger.core.state.Definition;
import io.limitledger.core.state.KeyBounds;
import io.limitledger.core.state.Lease;
import io.limitledger.core.state.Queueing;
import io.limitledger.core.state.Quota;
import io.limitledger.core.state.SlidingPeriod;
import io.limitledger.core.state.Terms;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Slots that are taken within a time: never more than a quota has, and hardly fewer. */
class QuotaLawsTest {
    private static final int SEEDS = Integer.getInteger("laws.seeds", 200);
    private static final long[] STEPS = {0, 0, 1, 3, 16, 17, 100, 333, 1_000, 4_999};

    @Test
    void noWindowContainsMoreThanAQuotaHas() {
        for (long seed = 1; seed <= SEEDS; seed++) {
            Random random = new Random(seed);
            List<Quota> quotas = quotas(random);
            Trial trial = run(random, definition(random, quotas));
            assertKept(trial.grants, quotas, "seed " + seed);
        }
    }

    @Test
    void noWindowOfAKeyContainsMoreThanItsQuotaHas() {
        for (long seed = 1; seed <= SEEDS; seed++) {
            Random random = new Random(seed);
            List<Quota> ofKey = quotas(random);
            List<Quota> ofLimit = random.nextBoolean() ? quotas(random) : List.of();
            Queueing.Order order =
                    ofLimit.isEmpty() || random.nextBoolean() ? Queueing.Order.FIFO : Queueing.Order.FAIR;
            Trial trial = new Trial(new Definition(
                    Definition.UNBOUNDED,
                    0,
                    true,
                    ofLimit,
                    new KeyBounds(random.nextBoolean() ? 2 : Definition.UNBOUNDED, 0, ofKey),
                    new Queueing(order, null, Queueing.WhenFull.REFUSE)));
            for (int command = 0; command < 120; command++) {
                long step = STEPS[random.nextInt(STEPS.length)];
                if (random.nextBoolean()) {
                    trial.passTicking(step);
                } else {
                    trial.pass(step);
                }
                trial.decide(trial.acquire(
                        1 + random.nextInt(2), 1_000, random.nextInt(3) * 10_000L, "key " + random.nextInt(3)));
            }
            trial.passTicking(30_000);
            assertKept(trial.grants, ofLimit, "seed " + seed);
            for (String key : List.of("key 0", "key 1", "key 2")) {
                List<Lease> ofThisKey = trial.grants.stream()
                        .filter(lease -> key.equals(lease.claim().key()))
                        .toList();
                assertKept(ofThisKey, ofKey, "seed " + seed + ", " + key);
            }
            assertThat(trial.limit().waiting()).as("seed %d", seed).isZero();
        }
    }

    /** The law finds a quota that returns its slots a fiftieth too early, and one that has a slot too many. */
    @Test
    void findsAQuotaThatIsExceeded() {
        for (Quota wrong : List.of(new Quota(5, new SlidingPeriod(98)), new Quota(6, new SlidingPeriod(100)))) {
            assertThatThrownBy(() -> {
                        for (long seed = 1; seed <= 50; seed++) {
                            Trial trial = saturated(new Random(seed), wrong);
                            assertKept(trial.grants, List.of(new Quota(5, new SlidingPeriod(100))), "seed " + seed);
                        }
                    })
                    .isInstanceOf(AssertionError.class);
        }
    }

    /** So over a long time never less than 59/60 of the quota: with each sixtieth more of time than the period, all of it. */
    @Test
    void aSaturatedQuotaIsUsedUp() {
        for (long seed = 1; seed <= Math.max(5, SEEDS / 10); seed++) {
            Random random = new Random(seed);
            Quota quota = new Quota(1 + random.nextInt(20), new SlidingPeriod(1 + random.nextInt(120)));
            assertUsedUp(saturated(random, quota), quota, seed);
        }
    }

    @Test
    void findsAQuotaThatReturnsTooLate() {
        Quota quota = new Quota(5, new SlidingPeriod(60));

        // then
        assertThatThrownBy(() -> {
                    for (long seed = 1; seed <= 50; seed++) {
                        assertUsedUp(saturated(new Random(seed), new Quota(5, new SlidingPeriod(62))), quota, seed);
                    }
                })
                .isInstanceOf(AssertionError.class);
    }

    @Test
    void aPromisedStartIsKeptAndStartsAreInOrder() {
        for (long seed = 1; seed <= SEEDS; seed++) {
            Random random = new Random(seed);
            Trial trial = new Trial(unbounded(quotas(random)));
            Map<UUID, Long> promised = new HashMap<>();
            for (int command = 0; command < 60; command++) {
                trial.pass(STEPS[random.nextInt(STEPS.length)]);
                // What has been promised is not overtaken, whatever the head start.
                Terms terms = new Terms(null, random.nextInt(200) - 50, null, Terms.OnExpiry.CHARGE);
                AcquireLease acquire = trial.acquire(1 + random.nextInt(2), random.nextInt(3) * 1_000L, 100_000, terms);
                if (trial.decide(acquire) instanceof Granted granted) {
                    promised.put(acquire.leaseId(), granted.lease().startsAt());
                }
                if (random.nextInt(6) == 0 && !trial.grants.isEmpty()) {
                    Lease any = trial.grants.get(random.nextInt(trial.grants.size()));
                    // In every other run more was used than was taken, and starts are granted ahead of that.
                    long used = seed % 2 == 0 ? 0 : random.nextInt(4);
                    trial.decide(new SettleLease(Trial.LIMIT, any.leaseId(), used));
                }
            }
            trial.passTicking(100_000);
            long last = 0;
            for (Lease lease : trial.grants) {
                assertThat(lease.startsAt())
                        .as("seed %d, %s", seed, lease)
                        .isLessThanOrEqualTo(promised.getOrDefault(lease.leaseId(), lease.startsAt()))
                        .isGreaterThanOrEqualTo(seed % 2 == 0 ? last : 0);
                last = lease.startsAt();
            }
            assertThat(trial.grants).hasSize(promised.size());
        }
    }

    @Test
    void aDenialSaysExactlyWhenTheMissingSlotsReturn() {
        for (long seed = 1; seed <= SEEDS; seed++) {
            Random random = new Random(seed);
            Trial trial = new Trial(unbounded(quotas(random)));
            for (int command = 0; command < 60; command++) {
                trial.pass(STEPS[random.nextInt(STEPS.length)]);
                long slots = 1L + random.nextInt(2);
                Reply reply = trial.decide(trial.acquire(slots, 0, 0, (String) null));
                if (reply instanceof Denied denied) {
                    trial.pass(denied.retryAfterMillis() - 1);
                    assertThat(trial.decide(trial.acquire(slots, 0, 0, (String) null)))
                            .as("seed %d, a millisecond before %s", seed, denied)
                            .isInstanceOf(Denied.class);
                    trial.pass(1);
                    assertThat(trial.decide(trial.acquire(slots, 0, 0, (String) null)))
                            .as("seed %d, after %s", seed, denied)
                            .isInstanceOf(Granted.class);
                }
            }
        }
    }

    private static List<Quota> quotas(Random random) {
        List<Quota> quotas = new ArrayList<>();
        quotas.add(new Quota(2 + random.nextInt(6), new SlidingPeriod(1 + random.nextInt(7))));
        if (random.nextBoolean()) {
            quotas.add(new Quota(2 + random.nextInt(12), new SlidingPeriod(10 + random.nextInt(20))));
        }
        return quotas;
    }

    private static Definition unbounded(List<Quota> quotas) {
        return new Definition(Definition.UNBOUNDED, 0, true, quotas, null, Queueing.DEFAULT);
    }

    private static Definition definition(Random random, List<Quota> quotas) {
        Definition unbounded = unbounded(quotas);
        return switch (random.nextInt(3)) {
            case 0 -> unbounded;
            case 1 -> new Definition(2, 0, true, quotas, null, Queueing.DEFAULT);
            default -> new Definition(3, 2.5, true, quotas, null, Queueing.DEFAULT);
        };
    }

    private static Trial run(Random random, Definition definition) {
        Trial trial = new Trial(definition);
        for (int command = 0; command < 120; command++) {
            trial.pass(STEPS[random.nextInt(STEPS.length)]);
            boolean isLeased = definition.requiresLease() || random.nextBoolean();
            trial.decide(trial.acquire(
                    1 + random.nextInt(2), isLeased ? 1_000 : 0, random.nextInt(3) * 10_000L, (String) null));
            if (random.nextInt(3) == 0 && !trial.grants.isEmpty()) {
                trial.release(
                        trial.grants.get(random.nextInt(trial.grants.size())).leaseId());
            }
        }
        return trial;
    }

    /** There are always more waiters than slots. */
    private static Trial saturated(Random random, Quota quota) {
        Trial trial = new Trial(unbounded(List.of(quota)));
        long end = trial.now + quota.period().returnsAt(0) * 4;
        while (trial.now < end) {
            while (trial.limit().waiting() < 25) {
                trial.decide(trial.acquire(1, 0, 3_600_000, (String) null));
            }
            trial.passTicking(1 + random.nextInt(1 + (int) (quota.period().returnsAt(0) / 20)));
        }
        return trial;
    }

    private static void assertKept(List<Lease> grants, List<Quota> quotas, String seed) {
        for (Quota quota : quotas) {
            long length = quota.period().returnsAt(0);
            for (Lease first : grants) {
                long taken = grants.stream()
                        .filter(lease ->
                                lease.startsAt() >= first.startsAt() && lease.startsAt() <= first.startsAt() + length)
                        .mapToLong(Lease::slots)
                        .sum();
                assertThat(taken)
                        .as("%s: taken from %d on, %s", seed, first.startsAt(), quota)
                        .isLessThanOrEqualTo(quota.slots());
            }
        }
    }

    private static void assertUsedUp(Trial trial, Quota quota, long seed) {
        long length = quota.period().returnsAt(0) + quota.period().returnsAt(0) / 60;
        long end = trial.grants.get(trial.grants.size() - 1).startsAt();
        for (Lease any : trial.grants) {
            long from = any.startsAt() + 1;
            if (from + length <= end) {
                long taken = trial.grants.stream()
                        .filter(lease -> lease.startsAt() >= from && lease.startsAt() < from + length)
                        .mapToLong(Lease::slots)
                        .sum();
                assertThat(taken)
                        .as("seed %d: taken from %d on, %s", seed, from, quota)
                        .isGreaterThanOrEqualTo(quota.slots());
            }
        }
    }
}
