package io.limitledger.truth;

import static org.assertj.core.api.Assertions.assertThat;

import io.limitledger.core.state.SealedLimit;
import org.junit.jupiter.api.Test;

/** What is said of a partition when it is committed. */
class MarksTest {
    private static final Mark BEFORE = new Mark("id", 10, new LastEvent("a", 1, "h1", 5), 0, 2, "key-1");

    private long records = 2;
    private int flushes;
    private final Marks marks = new Marks("key-1");

    @Test
    void shouldSayWhereTheLastEventHasArrived() {
        // given
        begin(false);
        marks.wrote(3, "b", 7, "h2");
        marks.arrivals(3).accept(6);
        records = 4;

        // when
        Mark mark = marks.forCommit(3, 12);

        // then
        assertThat(mark).isEqualTo(new Mark("id", 12, new LastEvent("b", 7, "h2", 6), 0, 4, "key-1"));
    }

    @Test
    void shouldSayNothingTwice() {
        // given
        begin(false);

        // then
        assertThat(marks.forCommit(3, 10)).isNull();
        assertThat(marks.forCommit(3, 11)).isNotNull();
        marks.commit(3);
        assertThat(marks.forCommit(3, 11)).isNull();
    }

    @Test
    void shouldSayTheFirstThingOfAStateThatHasNoMark() {
        // given
        begin(true);

        // then
        assertThat(marks.forCommit(3, 10)).isEqualTo(BEFORE);
    }

    @Test
    void shouldSayItAgainAfterACommitThatFailed() {
        // given
        begin(false);
        marks.forCommit(3, 11);

        // then
        assertThat(marks.committed(3)).isEqualTo(BEFORE);
        assertThat(marks.forCommit(3, 11)).isNotNull();
    }

    @Test
    void shouldSayNothingOfPartitionsThatItDoesNotKnow() {
        assertThat(marks.forCommit(4, 11)).isNull();
    }

    /** A thread that has lost its partition, and has not heard of it yet, decides the same a while longer. */
    @Test
    void shouldNotListenToAThreadThatBeganEarlier() throws Exception {
        // given
        begin(false);
        Thread later = new Thread(() -> begin(false));
        later.start();
        later.join();

        // when
        marks.wrote(3, "b", 7, "h2");

        // then
        assertThat(marks.forCommit(3, 11)).isNull();
        assertThat(marks.committed(3)).isEqualTo(BEFORE);
    }

    @Test
    void shouldFlushAStateUntilItsPartitionIsDecidedElsewhere() {
        // given
        begin(false);

        // when
        marks.flush();
        marks.end(3);
        marks.flush();

        // then
        assertThat(flushes).isEqualTo(1);
    }

    @Test
    void shouldRestNoLongerThanUntilTheFirstTimer() {
        // given
        begin(false);

        // then
        marks.timerRunsIn(3, Long.MAX_VALUE);
        assertThat(marks.restMillis(100)).isEqualTo(100);
        marks.timerRunsIn(3, 50);
        assertThat(marks.restMillis(100)).isBetween(1L, 51L);
        marks.timerRunsIn(3, 0);
        assertThat(marks.restMillis(100)).isEqualTo(1);
        marks.timerRunsIn(3, Long.MAX_VALUE);
        assertThat(marks.restMillis(100)).as("when it has run").isEqualTo(100);
    }

    private void begin(boolean isNew) {
        marks.begin(3, BEFORE, isNew, new PartitionState() {
            @Override
            public Mark mark() {
                return BEFORE;
            }

            @Override
            public long count() {
                return records;
            }

            @Override
            public boolean isMadeOfEvents() {
                return true;
            }

            @Override
            public SealedLimit sealedLimit(String name) {
                return null;
            }

            @Override
            public void flush() {
                flushes++;
            }
        });
    }
}
