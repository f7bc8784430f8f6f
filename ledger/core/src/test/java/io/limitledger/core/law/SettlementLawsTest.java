package io.limitledger.core.law;

import static org.assertj.core.api.Assertions.assertThat;

import io.limitledger.core.command.AcquireLease;
import io.limitledger.core.command.ReleaseLease;
import io.limitledger.core.command.SettleLease;
import io.limitledger.core.reply.Charged;
import io.limitledger.core.reply.Checked;
import io.limitledger.core.reply.Denied;
import io.limitledger.core.reply.Granted;
import io.limitledger.core.reply.Refused;
import io.limitledger.core.rule.Decision;
import io.limitledger.core.state.Claim;
import io.limitledger.core.state.Definition;
import io.limitledger.core.state.KeyBounds;
import io.limitledger.core.state.Lease;
import io.limitledger.core.state.Queueing;
import io.limitledger.core.state.Quota;
import io.limitledger.core.state.SlidingPeriod;
import io.limitledger.core.state.Terms;
import io.limitledger.core.state.Terms.OnExpiry;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** A cost that is known only afterwards counts as if it had been known: nothing is lost, and nothing is given back twice. */
class SettlementLawsTest {
    private static final int SEEDS = Integer.getInteger("laws.seeds", 200);
    private static final Definition TOKENS = new Definition(
            Definition.UNBOUNDED,
            0,
            true,
            List.of(new Quota(100, new SlidingPeriod(60))),
            new KeyBounds(60, 0, List.of(new Quota(80, new SlidingPeriod(60)))),
            Queueing.DEFAULT);

    @Test
    void theWindowCountsWhatWasUsed() {
        for (long seed = 1; seed <= SEEDS; seed++) {
            Random random = new Random(seed);
            Trial trial = new Trial(TOKENS);
            long used = 0;
            for (int call = 0; call < 8; call++) {
                AcquireLease acquire =
                        trial.acquire(1 + random.nextInt(20), random.nextBoolean() ? 120_000 : 0, 0, (String) null);
                if (!(trial.decide(acquire) instanceof Granted)) {
                    continue;
                }
                long last = acquire.slots();
                for (int time = random.nextInt(4); time > 0; time--) {
                    trial.pass(random.nextInt(1_500));
                    last = random.nextInt(40);
                    trial.decide(new SettleLease(Trial.LIMIT, acquire.leaseId(), last));
                }
                used += last;
            }
            assertThat(trial.limit().usage().windows().all().get(0).taken())
                    .as("seed %d", seed)
                    .isEqualTo(used);
        }
    }

    @Test
    void settlingTwiceToTheSameChangesNothing() {
        // given
        Trial trial = new Trial(TOKENS);
        AcquireLease acquire = trial.acquire(50, 60_000, 0, "a");
        trial.decide(acquire);
        trial.decide(new SettleLease(Trial.LIMIT, acquire.leaseId(), 10));

        // when
        Decision decision = trial.decideAll(new SettleLease(Trial.LIMIT, acquire.leaseId(), 10));

        // then
        assertThat(decision.events()).isEmpty();
        assertThat(decision.reply()).isInstanceOf(Charged.class);
        assertThat(trial.held("a")).isEqualTo(10);
    }

    @Test
    void nothingIsGrantedUntilADebtIsPaid() {
        // given
        Trial trial = new Trial(TOKENS);
        AcquireLease acquire = trial.acquire(10, 0, 0, (String) null);
        trial.decide(acquire);
        trial.pass(1_000);
        trial.decide(new SettleLease(Trial.LIMIT, acquire.leaseId(), 150));

        // when
        Denied denied = (Denied) trial.decide(trial.acquire(1, 0, 0, (String) null));

        // then: 10 return with the stretch in which they were taken, 140 with that of the settlement
        assertThat(denied.reason()).isEqualTo(Denied.Reason.QUOTA);
        trial.pass(denied.retryAfterMillis() - 1);
        assertThat(trial.decide(trial.acquire(1, 0, 0, (String) null))).isInstanceOf(Denied.class);
        trial.pass(1);
        assertThat(trial.decide(trial.acquire(1, 0, 0, (String) null))).isInstanceOf(Granted.class);
    }

    @Test
    void theIdAloneDoesNotSettleALeaseOnSeveralLimits() {
        // given
        Trial trial = new Trial(TOKENS);
        Claim claim = new Claim(new UUID(0, 1), Trial.LIMIT, 10, 60_000, null, List.of("other"));
        trial.decide(new AcquireLease(claim, 0, null));

        // when
        var byIdAlone = trial.decide(new SettleLease(null, claim.leaseId(), 3));
        var byName = trial.decide(new SettleLease(Trial.LIMIT, claim.leaseId(), 3));

        // then
        assertThat(byIdAlone)
                .isInstanceOf(Refused.class)
                .hasFieldOrPropertyWithValue("reason", Refused.Reason.INVALID_COMMAND);
        assertThat(byName).isInstanceOf(Charged.class);
    }

    @Test
    void slotsWithoutALeaseAreSettledForFiveMinutes() {
        // given
        Trial trial = new Trial(TOKENS);
        AcquireLease acquire = trial.acquire(10, 0, 0, (String) null);
        trial.decide(acquire);

        // when
        trial.pass(299_999);
        var inTime = trial.decide(new SettleLease(null, acquire.leaseId(), 3));
        trial.pass(1);
        var late = trial.decide(new SettleLease(Trial.LIMIT, acquire.leaseId(), 4));

        // then
        assertThat(inTime).isInstanceOf(Charged.class);
        assertThat(late).isInstanceOf(Refused.class).hasFieldOrPropertyWithValue("reason", Refused.Reason.LEASE_GONE);
    }

    @Test
    void anExpiryChargesOrRefundsAsWasAsked() {
        for (OnExpiry onExpiry : OnExpiry.values()) {
            Trial trial = new Trial(TOKENS);
            trial.decide(trial.acquire(30, 2_000, 0, new Terms("a", 0, null, onExpiry)));
            trial.passTicking(2_000);
            long taken = trial.limit().usage().windows().all().get(0).taken();
            assertThat(taken).as("%s", onExpiry).isEqualTo(onExpiry == OnExpiry.CHARGE ? 30 : 0);
            assertThat(trial.held("a")).isZero();
        }
    }

    @Test
    void aReleaseSaysWhatWasUsed() {
        // given
        Trial trial = new Trial(TOKENS);
        AcquireLease acquire = trial.acquire(30, 60_000, 0, "a");
        trial.decide(acquire);

        // when
        trial.decide(new ReleaseLease(Trial.LIMIT, acquire.leaseId(), 12L));

        // then
        assertThat(trial.limit().usage().windows().all().get(0).taken()).isEqualTo(12);
        assertThat(trial.limit().bucket().levelMicros()).isZero();
    }

    /** 64 clients that always want more share a budget of tokens for any minute, and know only afterwards what a call cost. */
    @Test
    void aBudgetOfTokensIsNeverExceededAndHardlyWasted() {
        // given
        Random random = new Random(64);
        Quota budget = new Quota(8_000_000, new SlidingPeriod(60));
        Trial trial = new Trial(new Definition(Definition.UNBOUNDED, 0, true, List.of(budget), null, Queueing.DEFAULT));
        NavigableMap<Long, List<Lease>> endings = new TreeMap<>();
        List<Used> used = new ArrayList<>();
        for (int client = 0; client < 64; client++) {
            trial.decide(call(trial));
        }

        // when
        int started = 0;
        while (trial.now < Trial.START + 8 * 60_000) {
            trial.passTicking(10);
            for (; started < trial.grants.size(); started++) {
                endings.computeIfAbsent(trial.now + 100 + random.nextInt(400), at -> new ArrayList<>())
                        .add(trial.grants.get(started));
            }
            while (!endings.isEmpty() && endings.firstKey() <= trial.now) {
                for (Lease lease : endings.pollFirstEntry().getValue()) {
                    long tokens = 400L + random.nextInt(800);
                    trial.decide(new ReleaseLease(Trial.LIMIT, lease.leaseId(), tokens));
                    used.add(new Used(lease.startsAt(), tokens));
                    trial.decide(call(trial));
                }
            }
        }

        // then
        used.sort(Comparator.comparingLong(Used::at));
        assertThat(mostWithinAMinute(used)).isLessThanOrEqualTo(budget.slots());
        long tokens = used.stream()
                .filter(call -> call.at() >= Trial.START + 2 * 60_000 && call.at() < Trial.START + 7 * 60_000)
                .mapToLong(Used::tokens)
                .sum();
        assertThat(tokens).isGreaterThan(5 * budget.slots() * 98 / 100);
    }

    private record Used(long at, long tokens) {}

    private static AcquireLease call(Trial trial) {
        return trial.acquire(1_200, 60_000, 3_600_000, (String) null);
    }

    private static long mostWithinAMinute(List<Used> used) {
        long most = 0;
        long within = 0;
        int first = 0;
        for (Used last : used) {
            within += last.tokens();
            while (used.get(first).at() <= last.at() - 60_000) {
                within -= used.get(first++).tokens();
            }
            most = Math.max(most, within);
        }
        return most;
    }

    @Test
    void upToTakesWhatIsFreeUnderAllBounds() {
        // given
        Trial trial = new Trial(TOKENS);
        trial.decide(trial.acquire(45, 60_000, 0, "a"));

        // when
        Granted granted = (Granted) trial.decide(trial.acquire(50, 60_000, 0, new Terms("a", 0, 50L, OnExpiry.CHARGE)));

        // then
        assertThat(granted.lease().slots()).isEqualTo(15);
        assertThat(trial.decide(trial.acquire(1, 60_000, 0, new Terms("a", 0, 50L, OnExpiry.CHARGE))))
                .isInstanceOf(Denied.class);
    }

    @Test
    void aCheckSaysWhatAnAcquireWouldGetAndTakesNothing() {
        for (long seed = 1; seed <= SEEDS; seed++) {
            Random random = new Random(seed);
            Trial trial = new Trial(TOKENS);
            for (int command = 0; command < 30; command++) {
                trial.pass(random.nextInt(4_000));
                AcquireLease acquire = trial.acquire(
                        1 + random.nextInt(30), random.nextInt(2) * 5_000L, 0, random.nextBoolean() ? "a" : "b");
                if (acquire.leaseMillis() == 0) {
                    continue;
                }
                Decision check = trial.decideAll(acquire.asCheck());
                var reply = trial.decide(acquire);
                assertThat(((Checked) check.reply()).denial() == null)
                        .as("seed %d, %s", seed, acquire)
                        .isEqualTo(reply instanceof Granted);
                if (reply instanceof Denied denied) {
                    assertThat(((Checked) check.reply()).denial()).isEqualTo(denied);
                }
                if (random.nextInt(4) == 0 && !trial.grants.isEmpty()) {
                    Lease any = trial.grants.get(random.nextInt(trial.grants.size()));
                    trial.decide(new SettleLease(Trial.LIMIT, any.leaseId(), random.nextInt(40)));
                }
            }
            assertThat(Objects.requireNonNull(trial.limit()).waiting()).isZero();
        }
    }
}
