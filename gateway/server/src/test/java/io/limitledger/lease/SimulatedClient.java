package io.limitledger.lease;

import static org.assertj.core.api.Assertions.assertThat;

import io.limitledger.core.state.Lease;
import io.limitledger.gateway.http.InMemoryLedger;
import io.limitledger.timer.VirtualTimer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * A client in a simulation: asks for some of the limits in any order, holds what it got for a while, renews it or not,
 * releases it or not, and asks again. If its gateway dies it goes to another one and asks for the same or for something
 * else.
 */
// Outcomes come later, and are looked at then.
@SuppressWarnings("FutureReturnValueIgnored")
final class SimulatedClient {
    private static final long SLACK_MILLIS = 5_000;
    private static final List<Long> PATIENCES = List.of(0L, 5_000L, 60_000L);

    private final InMemoryLedger ledger;
    private final VirtualTimer network;
    private final Random random;
    private final double deathsPerAnswer;
    private int rounds;
    private int grants;
    private MortalGateway gateway;
    private Leases limits;
    private @Nullable Acquisition asked;
    private long answerDueAt;
    private @Nullable Outcome held;

    SimulatedClient(InMemoryLedger ledger, VirtualTimer network, Random random, double deathsPerAnswer, int rounds) {
        this.ledger = ledger;
        this.network = network;
        this.random = random;
        this.deathsPerAnswer = deathsPerAnswer;
        this.rounds = rounds;
    }

    boolean isDone() {
        return rounds == 0 && asked == null && held == null;
    }

    int grants() {
        return grants;
    }

    /** Whatever it believes to hold is held, and whatever it asked is answered in time if its gateway lives. */
    void check() {
        if (held != null) {
            for (Lease lease : held.leases()) {
                if (lease.expiresAt() > ledger.clock().millis()) {
                    assertThat(ledger.lease(lease.limit(), lease.leaseId())).isNotNull();
                }
            }
        }
        if (asked != null && !gateway.isDead()) {
            assertThat(network.nowMillis()).describedAs("%s", asked).isLessThanOrEqualTo(answerDueAt);
        }
    }

    void start() {
        if (rounds > 0) {
            rounds--;
            ask(newAcquisition());
        }
    }

    private Acquisition newAcquisition() {
        List<String> names = new ArrayList<>(List.of("a", "b", "c"));
        Collections.shuffle(names, random);
        List<String> some = names.subList(0, 2 + random.nextInt(2));
        long leaseMillis = 5_000L + random.nextInt(25_000);
        return Acquisition.of(some, 1L + random.nextInt(2), leaseMillis, PATIENCES.get(random.nextInt(3)), null);
    }

    private void ask(Acquisition acquisition) {
        if (gateway == null || gateway.isDead()) {
            SlowNetwork slow = new SlowNetwork(ledger, network, random);
            gateway = new MortalGateway(slow, ledger, network, random, deathsPerAnswer);
            gateway.death().thenRun(slow::senderDied);
            limits = gateway.limits();
        }
        asked = acquisition;
        answerDueAt = network.nowMillis() + acquisition.waitMillis() + SLACK_MILLIS;
        limits.acquire(acquisition).thenAccept(this::answered);
        network.in(acquisition.waitMillis() + SLACK_MILLIS + 1, () -> goOnIfDead(acquisition));
    }

    /** No answer will come. */
    private void goOnIfDead(Acquisition acquisition) {
        if (acquisition.equals(asked) && gateway.isDead()) {
            asked = null;
            if (random.nextBoolean()) {
                ask(acquisition);
            } else {
                start();
            }
        }
    }

    private void answered(Outcome outcome) {
        asked = null;
        if (outcome.isHeld()) {
            grants++;
            held = outcome;
            work(outcome);
        } else {
            network.in(random.nextInt(1_000), this::start);
        }
    }

    private void work(Outcome outcome) {
        Lease lease = outcome.leases().get(0);
        long rest = Math.max(0, lease.expiresAt() - ledger.clock().millis());
        network.in(random.nextInt((int) rest / 2 + 1), () -> {
            if (random.nextInt(3) == 0 && !gateway.isDead()) {
                renew(lease);
            } else {
                end(lease);
            }
        });
    }

    private void renew(Lease lease) {
        held = null;
        limits.renew(lease.leaseId(), 20_000, null).thenAccept(renewed -> {
            assertThat(renewed.isHeld()).isTrue();
            held = renewed;
            network.in(random.nextInt(5_000), () -> end(lease));
        });
        network.in(SLACK_MILLIS, () -> {
            if (gateway.isDead() && held == null && asked == null) {
                start();
            }
        });
    }

    /** Now and then without a release, as a client that dies. */
    private void end(Lease lease) {
        held = null;
        if (random.nextInt(5) > 0 && !gateway.isDead()) {
            limits.release(lease.leaseId());
        }
        start();
    }
}
