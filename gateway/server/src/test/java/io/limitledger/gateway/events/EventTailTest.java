package io.limitledger.gateway.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class EventTailTest {
    private static final int TWO_EVENTS_EACH = 2 * 2 * 202;

    private final EventTail tail = new EventTail(2, TWO_EVENTS_EACH);
    private final long[] positions = {0, 0};

    @Test
    void shouldReadOnWhereItStopped() {
        // given
        add(0, 0, "a");
        add(1, 0, "b");
        add(1, 3, "c");

        // when
        List<KeptEvent> first = tail.read(positions, event -> true, 2);
        List<KeptEvent> second = tail.read(positions, event -> true, 2);

        // then
        assertThat(first).extracting(KeptEvent::limit).containsExactly("a", "b");
        assertThat(second).extracting(KeptEvent::limit).containsExactly("c");
        assertThat(positions).containsExactly(1, 4);
        assertThat(tail.read(positions, event -> true, 2)).isEmpty();
    }

    @Test
    void shouldPassOverWhatIsNotWanted() {
        // given
        add(0, 0, "a");
        add(0, 1, "b");
        tail.seen(0, 5);

        // when
        List<KeptEvent> found = tail.read(positions, event -> Set.of("b", "z").contains(event.limit()), 10);

        // then
        assertThat(found).extracting(KeptEvent::limit).containsExactly("b");
        assertThat(positions).containsExactly(5, 0);
    }

    @Test
    void shouldKeepTheNewest() {
        // when
        add(0, 0, "a");
        add(0, 1, "b");
        add(0, 2, "a");

        // then
        assertThat(tail.of("a", 0)).extracting(KeptEvent::offset).containsExactly(2L);
        assertThat(tail.isWhole(0)).isFalse();
        assertThat(tail.isWhole(1)).isTrue();
        assertThat(tail.covers(new long[] {0, 0})).isFalse();
        assertThat(tail.covers(new long[] {1, 0})).isTrue();
        assertThat(tail.covers(new long[] {4, 0})).isTrue();
        assertThat(tail.covers(new long[] {1})).isFalse();
    }

    @Test
    void shouldWaitForAReaderThatIsAhead() {
        // given
        add(0, 0, "a");
        long[] ahead = {2, 0};

        // when
        List<KeptEvent> before = tail.read(ahead, event -> true, 10);
        add(0, 1, "b");
        add(0, 2, "c");

        // then
        assertThat(before).isEmpty();
        assertThat(tail.read(ahead, event -> true, 10))
                .extracting(KeptEvent::limit)
                .containsExactly("c");
    }

    @Test
    void shouldReportToAReaderThatItWasOvertaken() {
        // given
        add(0, 0, "a");
        add(0, 1, "a");
        add(0, 2, "a");

        // then
        assertThatThrownBy(() -> tail.read(positions, event -> true, 10)).isInstanceOf(OvertakenException.class);
    }

    @Test
    void shouldWriteAndReadPositions() {
        // then
        assertThat(EventPositions.write(new long[] {0, 17, 3})).isEqualTo("0-17-3");
        assertThat(EventPositions.read("0-17-3")).containsExactly(0, 17, 3);
        assertThat(EventPositions.read("0-x")).isNull();
        assertThat(EventPositions.read("")).isNull();
    }

    private void add(int partition, long offset, String limit) {
        tail.add(new KeptEvent(partition, offset, limit, "{}".getBytes(StandardCharsets.UTF_8)));
    }
}
