package io.limitledger.wire;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlainTextTest {
    @ParameterizedTest
    @CsvSource({
        "'plain ü 日本 😀', 'plain ü 日本 😀'",
        "'a\nb', 'a\\u000ab'",
        "'a\rb', 'a\\u000db'",
        "'a\tb', 'a b'",
        "'\u001b[31m', '\\u001b[31m'",
        "'\u009b31m', '\\u009b31m'",
        "'\u202edcba', '\\u202edcba'",
        "'\u2066x\u2069', '\\u2066x\\u2069'",
        "'a\u2028b', 'a\\u2028b'",
        "'\ud800', '\\ud800'"
    })
    void shouldBeOneLineWithoutControlCharacters(String text, String plain) {
        // then
        assertThat(PlainText.of(text)).isEqualTo(plain);
    }

    @Test
    void shouldBeCut() {
        // then
        assertThat(PlainText.of("x".repeat(501))).isEqualTo("x".repeat(500) + "... (501 characters)");
    }

    @Test
    void shouldBeCutBetweenCharacters() {
        // then
        assertThat(PlainText.of("ab😀c", 3)).isEqualTo("ab... (5 characters)");
    }
}
