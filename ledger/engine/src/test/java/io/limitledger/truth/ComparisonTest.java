package io.limitledger.truth;

import static org.assertj.core.api.Assertions.assertThat;

import io.limitledger.core.state.Definition;
import io.limitledger.core.state.Limit;
import io.limitledger.core.state.SealedLimit;
import io.limitledger.truth.Comparison.Different;
import io.limitledger.truth.Comparison.LostCommands;
import io.limitledger.truth.Comparison.Same;
import io.limitledger.truth.Comparison.Verdict;
import io.limitledger.truth.Sight.Seen;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What may differ between a partition's state and its topics, one kind a test. */
class ComparisonTest {
    private static final LastEvent LAST = new LastEvent("database", 7, "aa", 40);
    private static final LastEvent LATER = new LastEvent("database", 8, "bb", 42);
    private static final Mark MARK = new Mark("id-1", 100, LAST, 0, 3);
    private static final Sight SIGHT = new Sight("id-1", 0, 120, 100L, 0, new Seen(LAST, 99), true, true, true);

    private final Comparison comparison = new Comparison("changelog", 2);

    private record State(
            @Nullable Mark mark,
            long count,
            boolean isMadeOfEvents,
            @Nullable SealedLimit database) implements PartitionState {
        @Override
        public @Nullable SealedLimit sealedLimit(String name) {
            return name.equals("database") ? database : null;
        }
    }

    @Test
    void shouldGoOnWhereTheMarkIs() {
        assertThat(compare(marked(MARK), SIGHT)).isEqualTo(new Same(MARK, null));
    }

    @Test
    void shouldBelieveTheMarkMoreThanTheGroup() {
        assertThat(compare(marked(MARK), withCommitted(null))).isEqualTo(new Same(MARK, null));
        assertThat(compare(marked(MARK), withCommitted(20L))).isEqualTo(new Same(MARK, null));
        assertThat(compare(marked(MARK), withCommitted(110L))).isEqualTo(new Same(MARK, null));
    }

    @Test
    void shouldNoticeCommandsThatWereMadeAnew() {
        // given
        Sight another = new Sight("id-2", 0, 120, 100L, 0, new Seen(LAST, 99), true, true, true);

        // then
        assertThat(what(marked(MARK), another))
                .isEqualTo("topic limits.commands, partition 2: expected the topic in which commands up to offset 100"
                        + " were decided, id id-1, but found another topic of the same name, id id-2");
    }

    @Test
    void shouldNoticeCommandsThatAreTooShort() {
        // given
        Sight cut = new Sight("id-1", 0, 90, 100L, 0, new Seen(LAST, 99), true, true, true);

        // then
        assertThat(what(marked(MARK), cut))
                .isEqualTo("topic limits.commands, partition 2: expected the commands that were decided, up to offset"
                        + " 100, but found an end at offset 90");
        assertThat(what(unmarked(limit(7, "aa")), cut)).contains("up to offset 100, but found an end at offset 90");
    }

    @Test
    void shouldNoticeThatTheKeyOfTheLastLedgerIsGone() {
        // given
        Mark signed = new Mark("id-1", 100, LAST, 0, 3, "key-1");
        Sight keyless = new Sight("id-1", 0, 120, 100L, 0, new Seen(LAST, 99), true, true, false);

        // then
        assertThat(compare(marked(signed), keyless))
                .isEqualTo(new Different(
                        "topic limits.ledgers: expected the key of the ledger that decided partition 2 last, id key-1,"
                                + " but found no such key",
                        true));
        assertThat(compare(marked(signed), SIGHT)).isEqualTo(new Same(signed, null));
    }

    @Test
    void shouldTellOfCommandsThatWereRemovedUndecided() {
        // given
        Sight removed = new Sight("id-1", 105, 120, 100L, 0, new Seen(LAST, 99), true, true, true);

        // then
        assertThat(compare(marked(MARK), removed)).isEqualTo(new Same(MARK, new LostCommands(100, 105)));
    }

    @Test
    void shouldNoticeEventsThatAreMissing() {
        // given
        LastEvent before = new LastEvent("other", 2, "cc", 38);

        // then
        assertThat(what(marked(MARK), withLast(before)))
                .isEqualTo("topic limits.events, partition 2: expected event 7 of limit 'database' at offset 40 as the"
                        + " last, but found event 2 of limit 'other' at offset 38");
        assertThat(what(marked(MARK), withLast(null))).endsWith("but found no event");
    }

    @Test
    void shouldNoticeAnotherEventInThePlaceOfTheLast() {
        assertThat(what(marked(MARK), withLast(new LastEvent("database", 7, "dd", 40))))
                .startsWith("topic limits.events, partition 2: expected event 7 of limit 'database'");
    }

    @Test
    void shouldNoticeAStateThatIsBehindItsEvents() {
        assertThat(what(marked(MARK), withLast(LATER)))
                .isEqualTo("topic changelog, partition 2: expected the state after event 8 of limit 'database' at"
                        + " offset 42, but found the state after event 7 of limit 'database' at offset 40");
    }

    @Test
    void shouldNoticeEventsThatWereRemovedFromTheBeginning() {
        // given
        Sight removed = new Sight("id-1", 0, 120, 100L, 30, new Seen(LAST, 99), true, true, true);

        // then
        assertThat(what(marked(MARK), removed))
                .isEqualTo("topic limits.events, partition 2: expected the events from offset 0 on, but found none"
                        + " before offset 30");
    }

    @Test
    void shouldNoticeRecordsOfTheStateThatAreMissing() {
        assertThat(what(new State(MARK, 2, true, limit(7, "aa")), SIGHT))
                .isEqualTo("topic changelog, partition 2: expected 3 records of live state, but found 2 records");
    }

    @Test
    void shouldNotCountWhereNobodyCounted() {
        assertThat(compare(new State(MARK, Mark.UNKNOWN, true, null), SIGHT)).isInstanceOf(Same.class);
    }

    @Test
    void shouldNoticeAStateThatIsGone() {
        assertThat(what(new State(null, 0, false, null), SIGHT))
                .isEqualTo("topic changelog, partition 2: expected the state after event 7 of limit 'database' at"
                        + " offset 40, but found no state");
    }

    @Test
    void shouldNoticeEventsThatAreGoneBesideAStateOfAnOlderVersion() {
        assertThat(what(unmarked(limit(7, "aa")), withLast(null)))
                .isEqualTo("topic limits.events, partition 2: expected the events that made the live state, but found"
                        + " no event");
    }

    @Test
    void shouldGiveAStateOfAnOlderVersionItsFirstMark() {
        assertThat(compare(unmarked(limit(7, "aa")), SIGHT)).isEqualTo(new Same(MARK, null));
    }

    @Test
    void shouldGoOnBehindTheLastEventOfAnOlderVersionWhoseGroupIsGone() {
        assertThat(compare(unmarked(limit(7, "aa")), withCommitted(null))).isEqualTo(new Same(MARK, null));
    }

    @Test
    void shouldNoticeAStateOfAnOlderVersionThatIsBehind() {
        assertThat(what(unmarked(limit(6, "99")), SIGHT))
                .isEqualTo("topic changelog, partition 2: expected limit 'database' as event 7 left it, but found it as"
                        + " event 6 left it");
    }

    @Test
    void shouldBeginWhereNothingWasDecided() {
        // given
        Sight fresh = new Sight("id-1", 0, 0, null, 0, null, true, true, true);

        // then
        assertThat(compare(new State(null, 0, false, null), fresh))
                .isEqualTo(new Same(new Mark("id-1", 0, null, 0, 0), null));
    }

    /** Its group has moved on, and nothing was decided that changed anything. */
    @Test
    void shouldBeginWhereOnlyQuestionsWereAnswered() {
        // given
        Sight asked = new Sight("id-1", 0, 9, 9L, 0, null, true, true, true);

        // then
        assertThat(compare(new State(null, 0, false, null), asked))
                .isEqualTo(new Same(new Mark("id-1", 9, null, 0, 0), null));
    }

    @Test
    void shouldTakeTheMarkForOldWhereAVersionWithoutMarksHasDecidedSince() {
        // given
        Sight later = new Sight("id-1", 0, 120, 110L, 0, new Seen(LATER, 105), true, true, true);

        // then
        assertThat(compare(new State(MARK, 3, true, limit(8, "bb")), later))
                .isEqualTo(new Same(new Mark("id-1", 110, LATER, 0, 3), null));
    }

    @Test
    void shouldCompareWithoutTheEventsWhereTheyMayNotBeRead() {
        // given
        Sight blind = new Sight("id-1", 0, 120, 100L, 0, null, false, true, true);

        // then
        assertThat(compare(marked(MARK), blind)).isEqualTo(new Same(MARK, null));
    }

    private Verdict compare(PartitionState state, Sight sight) {
        return comparison.compare(state, sight);
    }

    private String what(PartitionState state, Sight sight) {
        return ((Different) compare(state, sight)).what();
    }

    private static State marked(Mark mark) {
        return new State(mark, 3, true, limit(7, "aa"));
    }

    private static State unmarked(SealedLimit limit) {
        return new State(null, 3, true, limit);
    }

    private static SealedLimit limit(long number, String head) {
        Limit limit = Limit.created("database", new UUID(0, 1), new Definition(1, 0, true), 0)
                .decided(0, number, 99);
        return new SealedLimit(limit, head);
    }

    private static Sight withCommitted(@Nullable Long committed) {
        return new Sight("id-1", 0, 120, committed, 0, new Seen(LAST, 99), true, true, true);
    }

    private static Sight withLast(@Nullable LastEvent last) {
        return new Sight("id-1", 0, 120, 100L, 0, last == null ? null : new Seen(last, 99), true, true, true);
    }
}
