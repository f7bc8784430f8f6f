package io.limitledger.core.scenario;

import io.limitledger.core.Ledger;
import io.limitledger.core.command.Heartbeat;
import io.limitledger.core.rule.LogEntry;

/** What a ledger that is there hears between two commands while leases are held; often enough that no time is missed. */
public final class Heartbeats {
    private static final long EACH_MILLIS = 2_000;

    private Heartbeats() {}

    /** All before a command with this timestamp, by the partition's time, so that none is missed where the clock steps. */
    public static void before(long timestamp, Ledger ledger) {
        long aheadMillis = ledger.state().leaseClock().aheadMillis();
        send(ledger.state().reachedAt(), timestamp + aheadMillis, aheadMillis, ledger);
    }

    /**
     * All between two times by the broker's clock.
     *
     * @param after epoch milliseconds
     * @param until epoch milliseconds, inclusive
     */
    public static void between(long after, long until, Ledger ledger) {
        send(after, until, 0, ledger);
    }

    /** They come at the same times, whichever commands are between. */
    private static void send(long after, long until, long aheadMillis, Ledger ledger) {
        long at = (after / EACH_MILLIS + 1) * EACH_MILLIS;
        while (at <= until && ledger.state().holdsLeases()) {
            ledger.decide(new LogEntry(new Heartbeat(), at - aheadMillis, -1, null));
            at += EACH_MILLIS;
        }
    }
}
