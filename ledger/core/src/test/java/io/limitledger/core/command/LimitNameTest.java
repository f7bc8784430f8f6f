package io.limitledger.core.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.limitledger.core.state.Bounds;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LimitNameTest {
    @ParameterizedTest
    @ValueSource(strings = {"db", "a b", " ", ".", "größe", "日本", "🙂", "a:b#c?d=e", "\"quoted\"", "a\\b"})
    void mayBeAlmostAnything(String name) {
        assertThat(new Tick(name).invalidFields()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a/b",
                "a%b",
                "a&b",
                "a>b",
                "a<b",
                "a\nb",
                "a\u0000b",
                "a\u007fb",
                "a\u0085b",
                "a\ud800",
                "\udc00b"
            })
    void hasNoCharacterThatPathsOrRecordsCannotCarry(String name) {
        assertThat(new Tick(name).invalidFields()).singleElement().satisfies(mistake -> {
            assertThat(mistake.field()).isEqualTo("limit");
            assertThat(mistake.message()).startsWith("Expected none of").endsWith("'" + name + "'");
        });
    }

    @Test
    void isNotMissing() {
        assertThat(new Tick(null).invalidFields())
                .containsExactly(new InvalidField("limit", "Expected the name of a limit, but it is missing"));
    }

    @Test
    void isNotEmpty() {
        assertThat(new Tick("").invalidFields())
                .containsExactly(new InvalidField("limit", "Expected 1 to 255 characters, but got 0"));
    }

    @Test
    void isNoLongerThanItsBound() {
        assertThat(new Tick("x".repeat(Bounds.NAME_CHARACTERS)).invalidFields()).isEmpty();
        assertThat(new Tick("x".repeat(Bounds.NAME_CHARACTERS + 1)).invalidFields())
                .containsExactly(new InvalidField("limit", "Expected 1 to 255 characters, but got 256"));
    }
}
