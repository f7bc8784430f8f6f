package io.limitledger.topology;

import io.limitledger.core.state.LedgerState;
import java.time.Duration;
import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.Punctuator;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.jspecify.annotations.Nullable;

/**
 * The timer of a task, set for the one time at which something falls due. A timer of Kafka Streams that runs at an interval
 * makes its task commit at each commit interval, even if nothing was done: an idle ledger wrote 16 records a second so.
 */
final class Alarm {
    /** Often enough that no lease ends late; less would cost a busy ledger more than it gains. */
    private static final long SHORTEST_MILLIS = 20;

    private final ProcessorContext<?, ?> context;
    private final Punctuator ring;
    private @Nullable Cancellable pending;
    private long ringsAt = LedgerState.NEVER;

    Alarm(ProcessorContext<?, ?> context, Punctuator ring) {
        this.context = context;
        this.ring = ring;
    }

    /**
     * Sees to it that the timer runs by then.
     *
     * @param at epoch milliseconds; {@link LedgerState#NEVER} if nothing will be due
     */
    void ringBy(long at, long now) {
        long ringAt = Math.max(at, now + SHORTEST_MILLIS);
        if (at != LedgerState.NEVER && ringAt < ringsAt) {
            cancel();
            ringsAt = ringAt;
            pending = context.schedule(Duration.ofMillis(ringAt - now), PunctuationType.WALL_CLOCK_TIME, this::ring);
        }
    }

    /** Milliseconds until the timer runs; {@link LedgerState#NEVER} while it is not set. */
    long millisLeft(long now) {
        return ringsAt == LedgerState.NEVER ? LedgerState.NEVER : Math.max(0, ringsAt - now);
    }

    private void ring(long now) {
        cancel();
        ring.punctuate(now);
    }

    private void cancel() {
        if (pending != null) {
            pending.cancel();
            pending = null;
        }
        ringsAt = LedgerState.NEVER;
    }
}
