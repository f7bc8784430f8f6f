package io.limitledger.wire;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PlainTextTest {
    @Test
    void shouldBeOneLineWithoutControlCharacters() {
        // when
        String plain = PlainText.of("a\nb\u001b[31m\u009b\u2028\u202eü\uD83D\uDE00");

        // then
        assertThat(plain).isEqualTo("a\\u000ab\\u001b[31m\\u009b\\u2028\\u202eü\uD83D\uDE00");
    }

    @Test
    void shouldBeCut() {
        // then
        assertThat(PlainText.of("x".repeat(501))).isEqualTo("x".repeat(500) + "...");
    }
}
