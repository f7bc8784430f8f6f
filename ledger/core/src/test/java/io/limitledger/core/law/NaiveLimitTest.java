package io.limitledger.core.law;

import io.limitledger.core.rule.Decision;
import io.limitledger.core.rule.LogEntry;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The ledger decides like {@link NaiveLimit}. */
class NaiveLimitTest {
    @Test
    void concurrencyLimitsAreDecidedLikeTheModel() {
        Laws.hold(Mix.ONE_CONCURRENCY_LIMIT, NaiveLimitTest::compare);
    }

    @Test
    void rateLimitsAreDecidedLikeTheModel() {
        Laws.hold(Mix.ONE_RATE_LIMIT, NaiveLimitTest::compare);
    }

    @Test
    void limitsThatSeveralPrincipalsUseAreDecidedLikeTheModel() {
        Laws.hold(Mix.ONE_CONCURRENCY_LIMIT, log -> compare(RandomLog.named(log)));
        Laws.hold(Mix.ONE_RATE_LIMIT, log -> compare(RandomLog.named(log)));
    }

    private static void compare(List<LogEntry> log) {
        World world = new World();
        NaiveTwin twin = new NaiveTwin();
        for (LogEntry entry : log) {
            Decision decision = world.decide(entry);
            twin.decide(entry, decision, world.records.limit("a"), world.aheadMillis());
        }
    }
}
