package io.limitledger.whatif;

import io.limitledger.audit.AuditedLog;
import io.limitledger.audit.ProgressListener;
import io.limitledger.core.command.UpdateLimit.DefinitionChange;
import io.limitledger.core.rule.LogEntry;
import io.limitledger.core.state.HeapRecords;
import java.util.Iterator;
import java.util.List;

/**
 * Decides the commands of a span again under other definitions of their limit, and compares with what was.
 *
 * <p>Arrivals and the patience of clients are as logged. A lease lasts as long as it was held, wherever it now begins, and what its
 * client did meanwhile moves with it. A lease that was never held in truth lasts as long as one of the others did. A client
 * that repeats its request under the same id is one request; under another id it counts again. What the log cannot know is whether a
 * client that was denied would have come back later, or a client that was served would have asked for more.
 *
 * <p>With the definition that held, the answer is what was. One exception: only the limit itself is decided again, and not its
 * neighbours in the partition; where the ledger was away and only neighbours held leases then, a lease may end some seconds sooner
 * or later than it did.
 */
public final class WhatIf {
    private final WhatWas was;
    private final Figures actual;

    private WhatIf(WhatWas was) {
        this.was = was;
        this.actual = was.figures();
    }

    /**
     * What would have been.
     *
     * @param change of the definition that held
     * @param shifts who gained and who lost, those with the largest difference first
     * @param assumedHolds leases whose end the log does not show, since they were never held in truth or not yet over: an end was assumed
     * @param isAsItWas whether nothing at all was decided otherwise
     */
    public record Candidate(
            DefinitionChange change, Figures figures, List<Shift> shifts, long assumedHolds, boolean isAsItWas) {}

    /**
     * Reads what was.
     *
     * @param limit its name
     * @param start the state of the limit before the first of the commands; may be empty
     * @param commands of the limit's partition, in their order; begin some seconds before the span, so that the ledger's heartbeats are known
     * @param mostCommands of the limit that are kept in memory, some hundred bytes each
     * @throws TooMuchException if there are more
     */
    static WhatIf of(String limit, HeapRecords start, Iterator<LogEntry> commands, Span span, int mostCommands) {
        return new WhatIf(WhatWas.of(limit, start, commands, span, mostCommands));
    }

    /**
     * Reads what was from the log, also while the ledger is running. Nothing is written.
     *
     * @param limit its name
     * @param mostCommands of the limit that are kept in memory, some hundred bytes each
     * @param listener learns how far the reading has come, and may end it by an exception
     * @throws NotRetainedException if the commands of the beginning of the span are gone
     * @throws TooMuchException if more commands concern the limit
     */
    public static WhatIf of(String limit, AuditedLog log, Span span, int mostCommands, ProgressListener listener) {
        return LoggedCommands.whatIf(limit, log, span, mostCommands, listener);
    }

    /** What was. */
    public Figures actual() {
        return actual;
    }

    /** Whether there was a limit of this name at any time of the span. */
    public boolean isKnown() {
        return was.isKnown();
    }

    /** How many commands were decided. */
    public int commands() {
        return was.steps().size();
    }

    /**
     * What would have been under another definition.
     *
     * @param listener learns how many commands have been decided, and may end it by an exception
     */
    public Candidate under(DefinitionChange change, ProgressListener listener) {
        Rerun rerun = new Rerun(was, change, listener);
        Figures figures = rerun.run();
        return new Candidate(change, figures, Shift.between(actual(), figures), rerun.strangers(), !rerun.differs());
    }
}
