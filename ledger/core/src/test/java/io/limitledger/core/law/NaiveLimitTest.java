package io.limitledger.core.law;

import io.limitledger.core.rule.Decision;
import io.limitledger.core.rule.LogEntry;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The ledger decides as {@link NaiveLimit} does. */
class NaiveLimitTest {
    @Test
    void concurrencyLimitsAreDecidedAlike() {
        Laws.hold(Mix.ONE_CONCURRENCY_LIMIT, NaiveLimitTest::decideAlike);
    }

    @Test
    void rateLimitsAreDecidedAlike() {
        Laws.hold(Mix.ONE_RATE_LIMIT, NaiveLimitTest::decideAlike);
    }

    private static void decideAlike(List<LogEntry> log) {
        World world = new World();
        NaiveTwin twin = new NaiveTwin();
        for (LogEntry entry : log) {
            Decision decision = world.decide(entry);
            twin.decide(entry, decision, world.records.limit("a"), world.aheadMillis());
        }
    }
}
