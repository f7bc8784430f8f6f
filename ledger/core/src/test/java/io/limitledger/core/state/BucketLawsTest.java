package io.limitledger.core.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What holds for any level, any decay and any time. A failure names its seed. */
class BucketLawsTest {
    private static final int SEEDS = 20_000;
    private static final BigInteger PICOS_PER_MICRO = BigInteger.valueOf(1_000_000);

    @Test
    void settlingTwiceIsSettlingOnce() {
        forEachSeed((random, seed) -> {
            Bucket bucket = bucket(random);
            long decay = upTo(random, 1_000_000_000_000_000L);
            long later = bucket.settledAt() + millisAround(bucket, decay, random);
            long between = bucket.settledAt() + (long) (random.nextDouble() * (later - bucket.settledAt()));

            assertThat(bucket.settledAt(between, decay).settledAt(later, decay))
                    .as("seed %d: %s at decay %d, between %d", seed, bucket, decay, between)
                    .isEqualTo(bucket.settledAt(later, decay));
        });
    }

    @Test
    void settlingIsExact() {
        forEachSeed((random, seed) -> {
            Bucket bucket = bucket(random);
            long decay = upTo(random, 1_000_000_000_000_000L);
            long elapsed = millisAround(bucket, decay, random);
            BigInteger left = picos(bucket)
                    .subtract(BigInteger.valueOf(elapsed).multiply(BigInteger.valueOf(decay)))
                    .max(BigInteger.ZERO);

            Bucket settled = bucket.settledAt(bucket.settledAt() + elapsed, decay);

            assertThat(picos(settled))
                    .as("seed %d: %s at decay %d for %d ms", seed, bucket, decay, elapsed)
                    .isEqualTo(left);
            assertThat(settled.carryPicos()).isBetween(0L, 999_999L);
            assertThat(settled.drainedMicros() - bucket.drainedMicros())
                    .as("seed %d: what is drained", seed)
                    .isEqualTo(bucket.levelMicros() - settled.levelMicros());
            assertThat(settled.unleasedMicros())
                    .as("seed %d: what nobody holds", seed)
                    .isBetween(0L, settled.levelMicros());
        });
    }

    @Test
    void slotsFitAtTheComputedMillisecondAndNotBefore() {
        forEachSeed((random, seed) -> {
            Bucket bucket = bucket(random);
            long within31700Years = 1 + bucket.levelMicros() / 1_000_000_000;
            long decay = Math.max(within31700Years, upTo(random, 1_000_000_000_000_000L));
            long limit = upTo(random, 10_000);
            long slots = 1 + (long) (random.nextDouble() * (limit - 1));

            long millis = bucket.millisUntilFits(slots, limit, decay);

            String what = String.format("seed %d: %d of %d slots, %s at decay %d", seed, slots, limit, bucket, decay);
            assertThat(bucket.settledAt(bucket.settledAt() + millis, decay).fits(slots, limit))
                    .as(what)
                    .isTrue();
            assertThat(millis > 0
                            && bucket.settledAt(bucket.settledAt() + millis - 1, decay)
                                    .fits(slots, limit))
                    .as(what)
                    .isFalse();
        });
    }

    @Test
    void aLeaseNeverGivesBackWhatAnotherHolds() {
        forEachSeed((random, seed) -> {
            long decay = upTo(random, 10_000_000_000L);
            Bucket bucket = Bucket.empty(0);
            List<Held> leases = new ArrayList<>();
            for (int step = 0; step < 20; step++) {
                bucket = bucket.settledAt(bucket.settledAt() + upTo(random, 3_000), decay);
                int slots = 1 + random.nextInt(3);
                int what = random.nextInt(5);
                if (what == 0) {
                    bucket = bucket.withUnleased(slots);
                } else if (what < 3) {
                    leases.add(new Held(slots * Bucket.MICROS, bucket.drainedMicros()));
                    bucket = bucket.withLeased(slots);
                } else if (!leases.isEmpty()) {
                    Held ended = leases.remove(random.nextInt(leases.size()));
                    bucket = bucket.without(ended.undecayed(bucket));
                }
                Bucket now = bucket;
                long held =
                        leases.stream().mapToLong(lease -> lease.undecayed(now)).sum();
                assertThat(held + bucket.unleasedMicros())
                        .as("seed %d, step %d: %s", seed, step, bucket)
                        .isBetween(0L, bucket.levelMicros());
            }
        });
    }

    @Test
    void noWindowHoldsMoreThanTheLimitAndWhatDecaysInIt() {
        forEachSeed((random, seed) -> {
            long limit = upTo(random, 5);
            long decay = 100_000_000L + upTo(random, 20_000_000_000L);
            List<Long> grants = new ArrayList<>();
            Bucket bucket = Bucket.empty(0);
            for (int asked = 0; asked < 60; asked++) {
                bucket = bucket.settledAt(bucket.settledAt() + random.nextInt(400), decay);
                if (bucket.fits(1, limit)) {
                    bucket = bucket.withUnleased(1);
                    grants.add(bucket.settledAt());
                }
            }
            for (int first = 0; first < grants.size(); first++) {
                for (int last = first; last < grants.size(); last++) {
                    long window = grants.get(last) - grants.get(first);
                    assertThat((last - first + 1 - limit) * 1_000_000_000_000L)
                            .as("seed %d: %s, limit %d, decay %d", seed, grants, limit, decay)
                            .isLessThanOrEqualTo(window * decay);
                }
            }
        });
    }

    @Test
    void aSaturatedLimiterReachesThatToWithinOneSlot() {
        forEachSeed((random, seed) -> {
            long limit = upTo(random, 5);
            long decay = 100_000_000L + upTo(random, 20_000_000_000L);
            long slots = 1 + (long) (random.nextDouble() * (limit - 1));
            Bucket bucket = Bucket.empty(0);
            long granted = 0;
            while (granted < 40 * slots) {
                bucket = bucket.settledAt(bucket.settledAt() + bucket.millisUntilFits(slots, limit, decay), decay)
                        .withUnleased(slots);
                granted += slots;
            }
            // Asked in whole milliseconds, so that the decay of up to a millisecond may come too late for the last
            // grant.
            long due = limit * 1_000_000_000_000L + (bucket.settledAt() - 1) * decay;
            assertThat(granted * 1_000_000_000_000L)
                    .as("seed %d: limit %d, decay %d, %d at once", seed, limit, decay, slots)
                    .isGreaterThan(due - slots * 1_000_000_000_000L);
        });
    }

    private static BigInteger picos(Bucket bucket) {
        return BigInteger.valueOf(bucket.levelMicros())
                .multiply(PICOS_PER_MICRO)
                .subtract(BigInteger.valueOf(bucket.carryPicos()));
    }

    /** Any bucket that may come about: a carry needs a level to be taken off. */
    private static Bucket bucket(Random random) {
        long level = random.nextInt(20) == 0 ? 0 : upTo(random, Bounds.SLOTS * Bucket.MICROS);
        long carry = level == 0 || random.nextBoolean() ? 0 : random.nextInt(1_000_000);
        return new Bucket(
                level,
                upTo(random, 1_000_000_000_000L),
                carry,
                (long) (random.nextDouble() * level),
                1_700_000_000_000L);
    }

    /** Less than it takes to drain dry, or more, or about that. */
    private static long millisAround(Bucket bucket, long decay, Random random) {
        long dry = picos(bucket)
                .divide(BigInteger.valueOf(decay))
                .min(BigInteger.valueOf(1L << 50))
                .longValueExact();
        return switch (random.nextInt(4)) {
            case 0 -> Math.max(0, dry - 1 + random.nextInt(4));
            case 1 -> upTo(random, 1L << 41);
            default -> (long) (random.nextDouble() * dry);
        };
    }

    /** 1 to the number given, each order of magnitude as likely as the next. */
    private static long upTo(Random random, long most) {
        return Math.max(1, (long) Math.exp(random.nextDouble() * Math.log((double) most)));
    }

    private static void forEachSeed(Law law) {
        LongStream.range(0, SEEDS).forEach(seed -> law.check(new Random(seed), seed));
    }

    private record Held(long takenMicros, long drainMark) {
        long undecayed(Bucket bucket) {
            return bucket.undecayedMicros(takenMicros, drainMark);
        }
    }

    @FunctionalInterface
    private interface Law {
        void check(Random random, long seed);
    }
}
