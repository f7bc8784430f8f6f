package io.limitledger.core.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class SubclassTableTest {
    private sealed interface Shape permits Circle, Square {}

    private record Circle() implements Shape {}

    private record Square() implements Shape {}

    @Test
    void findsTheValueOfAClass() {
        // given
        SubclassTable<Shape, Integer> corners =
                new SubclassTable<>(Shape.class, Map.of(Circle.class, 0, Square.class, 4));

        // when
        int ofASquare = corners.of(new Square());

        // then
        assertThat(ofASquare).isEqualTo(4);
    }

    @Test
    void isNotMadeWithoutAPermittedClass() {
        // given
        Map<Class<? extends Shape>, Integer> lacking = Map.of(Circle.class, 0);

        // then
        assertThatThrownBy(() -> new SubclassTable<>(Shape.class, lacking))
                .hasMessage(
                        "A table of Shape lacks [Square] and has [] in excess; it needs one entry for each class that"
                                + " the type permits");
    }

    @Test
    void isNotMadeWithAnotherClass() {
        // given
        Map<Class<? extends Shape>, Integer> tooMany = Map.of(Circle.class, 0, Square.class, 4, Shape.class, 1);

        // then
        assertThatThrownBy(() -> new SubclassTable<>(Shape.class, tooMany))
                .hasMessageContaining("has [Shape] in excess");
    }
}
