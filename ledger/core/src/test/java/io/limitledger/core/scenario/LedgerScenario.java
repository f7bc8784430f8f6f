package io.limitledger.core.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.limitledger.core.Ledger;
import io.limitledger.core.command.Heartbeat;
import io.limitledger.core.command.LimitCommand;
import io.limitledger.core.reply.Refused;
import io.limitledger.core.reply.Stored;
import io.limitledger.core.rule.Decision;
import io.limitledger.core.rule.LogEntry;
import io.limitledger.core.state.HeapRecords;
import io.limitledger.core.state.IndexedLedgerState;
import io.limitledger.core.state.Limit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.UnaryOperator;

/**
 * A time line, read from top to bottom. What came before is given; then comes the one command under test, and what must
 * have come of it. Times are seconds from the start of the line.
 *
 * <pre>{@code
 * given(limit(2))
 *         .at(0, acquire("a").slots(2))
 *         .at(1, acquire("b").waiting(60))
 *         .whenAt(5, release("a"))
 *         .thenReply(released("a"))
 *         .thenEvents(leaseReleased("a", 2), leaseGranted("b", 4))
 *         .thenAnswers(told("b", granted(lease("b").from(5))))
 *         .thenOccupied(1);
 * }</pre>
 */
public final class LedgerScenario {
    private final HeapRecords records = new HeapRecords();
    private final Ledger ledger = new Ledger(new IndexedLedgerState(records));
    private final List<String> story = new ArrayList<>();
    private long lastAt = Names.at(0);
    private boolean isAway;

    private LedgerScenario() {}

    public static LedgerScenario givenNothing() {
        return new LedgerScenario();
    }

    /** A limit that exists from second 0. */
    public static LedgerScenario given(LimitSpec limit) {
        return givenNothing().at(0, limit);
    }

    /** A command that came before and was in order. */
    public LedgerScenario at(double seconds, CommandSpec command) {
        Decision decision = decide(seconds, command);
        assertThat(decision.reply())
                .as("What is given must be in order%n%s", story())
                .isNotInstanceOf(Refused.class);
        return this;
    }

    /** Until a heartbeat of the line's own, none comes. */
    public LedgerScenario away() {
        isAway = true;
        return this;
    }

    /** A limit's record as no short list of commands would make it. */
    public LedgerScenario but(UnaryOperator<Limit> change) {
        records.put(change.apply(Objects.requireNonNull(records.limit(Names.LIMIT))));
        return this;
    }

    /** The command under test. */
    public Outcome whenAt(double seconds, CommandSpec command) {
        return new Outcome(decide(seconds, command), Names.at(seconds), ledger, records, story());
    }

    /** The command under test, with something that no {@link CommandSpec} says. */
    public Outcome whenAt(double seconds, LimitCommand command) {
        CommandSpec spec = () -> command;
        return whenAt(seconds, spec);
    }

    private Decision decide(double seconds, CommandSpec spec) {
        if (!isAway) {
            Heartbeats.between(lastAt, Names.at(seconds), ledger);
        }
        isAway &= !(spec.command() instanceof Heartbeat);
        lastAt = Names.at(seconds);
        LogEntry entry = new LogEntry(spec.command(), Names.at(seconds), story.size(), spec.asker(), spec.by());
        Decision decision = ledger.decide(entry);
        List<String> facts = decision.events().stream()
                .map(event -> Facts.line(event.fact()))
                .toList();
        story.add(String.format(
                Locale.ROOT,
                "at %7.3f s  %s%n        reply    %s%n        events   %s%n        answers  %s%n",
                seconds,
                spec.command(),
                decision.reply() instanceof Stored ? "Stored" : decision.reply(),
                facts,
                decision.answers()));
        return decision;
    }

    private String story() {
        return String.join("", story);
    }
}
