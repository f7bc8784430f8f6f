package io.limitledger.core.law;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ShrinkTest {
    private final List<Integer> numbers = IntStream.range(0, 60).boxed().toList();

    @Test
    void keepsOnlyWhatTheFailureNeeds() {
        assertThat(Shrink.toShortest(numbers, some -> some.containsAll(List.of(3, 31, 59))))
                .containsExactly(3, 31, 59);
    }

    @Test
    void keepsEverythingIfTheFailureNeedsIt() {
        assertThat(Shrink.toShortest(numbers, some -> some.size() == 60)).isEqualTo(numbers);
    }

    @Test
    void keepsNothingIfTheFailureNeedsNothing() {
        assertThat(Shrink.toShortest(numbers, some -> true)).isEmpty();
    }
}
