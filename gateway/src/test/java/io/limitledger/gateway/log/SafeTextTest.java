package io.limitledger.gateway.log;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SafeTextTest {
    @ParameterizedTest
    @CsvSource({
        "'plain ü 日本 😀', 'plain ü 日本 😀'",
        "'a\nb', 'a\\u000ab'",
        "'a\rb', 'a\\u000db'",
        "'\u001b[31m', '\\u001b[31m'",
        "'\u009b31m', '\\u009b31m'",
        "'\u202edcba', '\\u202edcba'",
        "'\u2066x\u2069', '\\u2066x\\u2069'",
        "'a\u2028b', 'a\\u2028b'",
        "'\ud800', '\\ud800'"
    })
    void escapesWhatATerminalActsOn(String text, String line) {
        assertThat(SafeText.line(text)).isEqualTo(line);
    }

    @Test
    void cutsWhatIsTooLong() {
        // when
        String line = SafeText.line("x".repeat(10_000));

        // then
        assertThat(line).hasSizeLessThan(2_100).endsWith("... (10000 characters)");
    }
}
