package io.limitledger.gateway.stack;

import io.limitledger.core.command.LimitCommand;
import io.limitledger.core.rule.Decision;
import io.limitledger.topology.LedgerMetrics;
import java.util.concurrent.atomic.AtomicLong;

/** Counts what the ledgers of a stack report about their work. */
public final class CountingMetrics implements LedgerMetrics {
    private final AtomicLong decided = new AtomicLong();
    private final AtomicLong rejected = new AtomicLong();
    private final AtomicLong sendsFailed = new AtomicLong();

    @Override
    public void decided(LimitCommand command, Decision decision) {
        decided.incrementAndGet();
    }

    @Override
    public void rejected() {
        rejected.incrementAndGet();
    }

    @Override
    public void sendFailed(String what) {
        sendsFailed.incrementAndGet();
    }

    public long decided() {
        return decided.get();
    }

    public long rejectedRecords() {
        return rejected.get();
    }

    public long sendsFailed() {
        return sendsFailed.get();
    }
}
