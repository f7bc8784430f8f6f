package io.limitledger.truth;

import io.limitledger.core.state.SealedLimit;
import io.limitledger.topics.LedgerTopics;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Compares the state of a partition with its topics. Pure: the same facts give the same verdict. */
public final class Comparison {
    /** The changelog's name, which the topology knows, is given in, so that this depends on no topology. */
    private final String changelog;

    private final int partition;

    /** What follows from a comparison. */
    public sealed interface Verdict {}

    /**
     * The state is as the topics say.
     *
     * @param mark to begin with
     * @param lost undecided commands that are gone; null if none
     */
    public record Same(Mark mark, @Nullable LostCommands lost) implements Verdict {}

    /**
     * State and topics differ, so nothing may be decided.
     *
     * @param what one sentence: topic, partition, what was expected and what was found
     * @param isKeyMissing whether it is the key of a ledger that is missing, which nothing can restore
     */
    public record Different(String what, boolean isKeyMissing) implements Verdict {}

    /**
     * Commands that retention, or an operator, removed before they were decided.
     *
     * @param from offset of the first
     * @param to offset behind the last
     */
    public record LostCommands(long from, long to) {}

    public Comparison(String changelog, int partition) {
        this.changelog = changelog;
        this.partition = partition;
    }

    public Verdict compare(PartitionState state, Sight sight) {
        Mark mark = state.mark();
        return mark == null || isLeftBehind(mark, state, sight) ? unmarked(state, sight) : marked(mark, state, sight);
    }

    /** A version without marks has decided meanwhile: the group is ahead of the mark, and the state has the last event. */
    private static boolean isLeftBehind(Mark mark, PartitionState state, Sight sight) {
        if (sight.committed() == null || sight.committed() <= mark.next() || sight.last() == null) {
            return false;
        }
        LastEvent last = sight.last().event();
        SealedLimit limit = state.sealedLimit(last.limit());
        boolean hasMoved = !last.equals(mark.last()) || isAnother(mark.records(), state.count());
        return hasMoved && limit != null && isAt(last, limit);
    }

    private static boolean isAnother(long expected, long found) {
        return expected != Mark.UNKNOWN && found != Mark.UNKNOWN && expected != found;
    }

    private Verdict marked(Mark mark, PartitionState state, Sight sight) {
        if (mark.isUnfinished()) {
            return different(changelog, "a state that is whole", "one whose restore was interrupted");
        }
        if (!mark.commandsId().equals(sight.commandsId())) {
            return different(
                    LedgerTopics.COMMANDS,
                    "the topic in which commands up to offset " + mark.next() + " were decided, id "
                            + mark.commandsId(),
                    "another topic of the same name, id " + sight.commandsId());
        }
        if (mark.next() > sight.commandsEnd()) {
            return tooShort(mark.next(), sight);
        }
        if (!sight.isKeyKnown()) {
            return new Different(
                    "topic " + LedgerTopics.LEDGERS + ": expected the key of the ledger that decided partition "
                            + partition + " last, id " + mark.ledger() + ", but found no such key",
                    true);
        }
        if (isAnother(mark.records(), state.count())) {
            return different(changelog, mark.records() + " records of live state", state.count() + " records");
        }
        Verdict events = sight.readable() ? events(mark, sight) : null;
        return events == null ? same(mark, sight) : events;
    }

    private @Nullable Verdict events(Mark mark, Sight sight) {
        LastEvent last = mark.last();
        LastEvent found = sight.last() == null ? null : sight.last().event();
        if (sight.eventsStart() > mark.eventsStart()) {
            return different(
                    LedgerTopics.EVENTS,
                    "the events from offset " + mark.eventsStart() + " on",
                    "none before offset " + sight.eventsStart());
        }
        if (Objects.equals(last, found)) {
            return null;
        }
        if (found != null && (last == null || found.offset() > last.offset())) {
            return different(changelog, "the state after " + describe(found), "the state after " + describe(last));
        }
        return different(LedgerTopics.EVENTS, describe(last) + " as the last", describe(found));
    }

    /** A state of a version without marks says less: only the limit of the last event can be compared. */
    private Verdict unmarked(PartitionState state, Sight sight) {
        Long committed = sight.committed();
        if (committed != null && committed > sight.commandsEnd()) {
            return tooShort(committed, sight);
        }
        Sight.Seen seen = sight.last();
        if (sight.readable() && seen == null && state.isMadeOfEvents()) {
            return different(LedgerTopics.EVENTS, "the events that made the live state", "no event");
        }
        if (seen != null) {
            LastEvent event = seen.event();
            if (!state.isMadeOfEvents()) {
                return different(changelog, "the state after " + describe(event), "no state");
            }
            SealedLimit limit = state.sealedLimit(event.limit());
            if (limit != null && !isAt(event, limit)) {
                return different(
                        changelog,
                        "limit '" + event.limit() + "' as event " + event.number() + " left it",
                        "it as event " + limit.limit().number() + " left it");
            }
        }
        long next = committed != null ? committed : seen == null ? sight.commandsStart() : seen.command() + 1;
        Mark mark = new Mark(
                sight.commandsId(), next, seen == null ? null : seen.event(), sight.eventsStart(), state.count());
        return same(mark, sight);
    }

    private static boolean isAt(LastEvent event, SealedLimit limit) {
        return limit.limit().number() == event.number() && event.hash().equals(limit.head());
    }

    private Verdict tooShort(long next, Sight sight) {
        return different(
                LedgerTopics.COMMANDS,
                "the commands that were decided, up to offset " + next,
                "an end at offset " + sight.commandsEnd());
    }

    private static Same same(Mark mark, Sight sight) {
        boolean isGap = mark.next() < sight.commandsStart();
        return new Same(mark, isGap ? new LostCommands(mark.next(), sight.commandsStart()) : null);
    }

    private Different different(String topic, String expected, String found) {
        return new Different(
                "topic " + topic + ", partition " + partition + ": expected " + expected + ", but found " + found,
                false);
    }

    private static String describe(@Nullable LastEvent event) {
        return event == null
                ? "no event"
                : "event " + event.number() + " of limit '" + event.limit() + "' at offset " + event.offset();
    }
}
