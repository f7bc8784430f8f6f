package io.limitledger.lease;

import io.limitledger.core.command.LimitCommand;
import io.limitledger.core.command.PutLimit;
import io.limitledger.core.state.Definition;
import io.limitledger.core.state.Limit;
import io.limitledger.core.state.Waiter;
import io.limitledger.gateway.http.InMemoryLedger;
import io.limitledger.gateway.http.InMemoryLedger.Sent;
import io.limitledger.timer.VirtualTimer;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/** Limits a, b and c of one slot each, a gateway before them, and a clock for both. */
class LeasesFixture {
    static final long MINUTE = 60_000;

    final InMemoryLedger ledger = new InMemoryLedger(4);
    final VirtualTimer timer = new VirtualTimer();
    final Leases limits = new Leases(ledger, ledger, timer);

    LeasesFixture() {
        List.of("a", "b", "c").forEach(name -> put(name, 1));
    }

    final void put(String name, long slots) {
        ledger.send(new PutLimit(name, new Definition(slots, 0, true), null, false))
                .join();
    }

    final void advance(Duration time) {
        long until = timer.nowMillis() + time.toMillis();
        while (timer.nowMillis() < until) {
            long next = Math.min(until, timer.nextAt());
            ledger.advance(Duration.ofMillis(next - timer.nowMillis()));
            timer.step(next);
        }
    }

    final Acquisition all(long waitMillis) {
        return Acquisition.of(List.of("c", "a", "b"), 1, MINUTE, waitMillis, null);
    }

    final Outcome hold(String... names) {
        return limits.acquire(Acquisition.of(List.of(names), 1, 10 * MINUTE, 0, null))
                .join();
    }

    final double occupied(String name) {
        Limit limit = ledger.limit(name);
        return limit.bucketAt(ledger.clock().millis()).levelMicros() / 1_000_000.0;
    }

    final List<Double> occupied() {
        return List.of(occupied("a"), occupied("b"), occupied("c"));
    }

    final List<UUID> waiting(String name) {
        return ledger.waiters(name, -1, 100).stream().map(Waiter::leaseId).toList();
    }

    /** The commands sent after a number of them. */
    final List<LimitCommand> sentSince(int before) {
        List<Sent> sent = ledger.sent();
        return sent.subList(before, sent.size()).stream().map(Sent::command).toList();
    }
}
