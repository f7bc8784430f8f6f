package io.limitledger.gateway.stack;

import io.limitledger.core.state.Lease;
import io.limitledger.lease.Acquisition;
import io.limitledger.lease.MortalGateway;
import io.limitledger.lease.Outcome;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Wants some of the limits, in any order, again and again: acquires, works, perhaps renews, works, and releases; or dies
 * between any two of these. If its gateway dies it goes to another, and asks for the same or for something else.
 */
final class ContendingClient implements Callable<List<Outcome>> {
    private static final List<Long> PATIENCES = List.of(0L, 500L, 3_000L);
    private static final long SHORTEST_LEASE_MILLIS = 1_000;
    private static final int LEASES_DIFFER_BY_MILLIS = 1_000;
    private static final int LONGEST_WORK_MILLIS = 150;

    /** Beyond the patience of who asks, a gateway that lives answers within this. */
    private static final long LONGEST_ANSWER_SECONDS = 20;

    private final List<String> limits;
    private final int grants;
    private final Random random;
    private final Supplier<MortalGateway> gateways;
    private MortalGateway gateway;

    /** @param grants number after which it ends */
    ContendingClient(List<String> limits, int grants, Random random, Supplier<MortalGateway> gateways) {
        this.limits = limits;
        this.grants = grants;
        this.random = random;
        this.gateways = gateways;
        this.gateway = gateways.get();
    }

    /** What it was granted. */
    @Override
    public List<Outcome> call() throws Exception {
        List<Outcome> granted = new ArrayList<>();
        Acquisition wish = newWish();
        while (granted.size() < grants) {
            Outcome outcome = answer(gateway.limits().acquire(wish), wish.waitMillis());
            if (outcome != null && outcome.isHeld()) {
                granted.add(outcome);
                use(outcome.leases().get(0));
            }
            boolean isAnswered = outcome != null;
            wish = isAnswered || random.nextBoolean() ? newWish() : wish;
        }
        return granted;
    }

    private Acquisition newWish() {
        List<String> names = new ArrayList<>(limits);
        Collections.shuffle(names, random);
        List<String> some = names.subList(0, 2 + random.nextInt(limits.size() - 1));
        long leaseMillis = SHORTEST_LEASE_MILLIS + random.nextInt(LEASES_DIFFER_BY_MILLIS);
        long patience = PATIENCES.get(random.nextInt(PATIENCES.size()));
        return Acquisition.of(some, 1L + random.nextInt(2), leaseMillis, patience, null);
    }

    private void use(Lease lease) throws Exception {
        work();
        if (random.nextInt(3) == 0) {
            answer(gateway.limits().renew(lease.leaseId(), SHORTEST_LEASE_MILLIS, null), 0);
            work();
        }
        boolean isKilled = random.nextInt(4) == 0;
        if (!isKilled) {
            answer(gateway.limits().release(lease.leaseId()), 0);
        }
    }

    private void work() {
        CompletableFuture<Void> end = new CompletableFuture<>();
        end.completeOnTimeout(null, random.nextInt(LONGEST_WORK_MILLIS), TimeUnit.MILLISECONDS)
                .join();
    }

    /** Null if the gateway died over it; then there is another one. */
    private @Nullable Outcome answer(CompletableFuture<Outcome> asked, long patienceMillis) throws Exception {
        CompletableFuture.anyOf(asked, gateway.death())
                .get(TimeUnit.SECONDS.toMillis(LONGEST_ANSWER_SECONDS) + patienceMillis, TimeUnit.MILLISECONDS);
        if (asked.isDone()) {
            return asked.get();
        }
        gateway = gateways.get();
        return null;
    }
}
