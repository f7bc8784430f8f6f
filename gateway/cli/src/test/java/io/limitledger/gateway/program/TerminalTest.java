package io.limitledger.gateway.program;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TerminalTest {
    @ParameterizedTest
    @CsvSource({
        "42 (java) S 41 40 39 34816 40 4194304, true",
        "42 (java) S 41 40 39 34816 99 4194304, false",
        "42 (java) S 41 40 39 0 -1 4194304, false",
        "42 (a b) 7) S 41 40 39 34816 40 4194304, true"
    })
    void shouldBeInTheForegroundIfItsGroupIs(String stat, boolean expected) {
        assertThat(Terminal.isInForeground(stat)).isEqualTo(expected);
    }
}
