package io.limitledger.gateway.cli.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tables for people, and what is in them. */
class TableTest {
    @Test
    void alignsNumbersToTheRightAndLeavesEmptyColumnsOut() {
        // when
        var lines = Table.of("NAME", "SLOTS>", "KEY", "HOLDER")
                .row("a", "5", "", "worker")
                .row("longer", "1200", "", "")
                .lines(100, false);

        // then
        assertThat(lines).containsExactly("NAME    SLOTS  HOLDER", "a           5  worker", "longer   1200");
    }

    @Test
    void shortensTheWidestTextUntilItFits() {
        // when
        var lines = Table.of("NAME", "SLOTS>", "HOLDER")
                .row("database", "5", "a holder that says very much of itself")
                .lines(30, false);

        // then
        assertThat(lines).containsExactly("NAME      SLOTS  HOLDER", "database      5  a holder tha…");
    }

    @Test
    void countsColumnsOfTheTerminalAndNotCharacters() {
        // when
        var lines = Table.of("NAME", "SLOTS>").row("数据库", "5").row("a🚀b", "7").lines(100, false);

        // then
        assertThat(lines).containsExactly("NAME    SLOTS", "数据库      5", "a🚀b        7");
    }

    @Test
    void isBoldOnlyInItsTitlesAndWithColour() {
        // when
        var lines = Table.of("NAME").row("\u001b[2Ja\nb").lines(100, true);

        // then
        assertThat(lines).containsExactly("\u001b[1mNAME\u001b[0m", "\\u001b[2Ja\\u000ab");
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0s",
        "-5, 0s",
        "119, 119s",
        "120, 2m",
        "330, 5m30s",
        "3600, 60m",
        "7500, 2h5m",
        "86400, 24h",
        "259200, 3d"
    })
    void readsAgesAtAGlance(long seconds, String expected) {
        assertThat(Ages.of(Duration.ofSeconds(seconds))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"0.25, 0.3s", "1, 1s", "12.5, 13s"})
    void roundsWaitsUp(double seconds, String expected) {
        assertThat(Ages.ofSeconds(seconds)).isEqualTo(expected);
    }
}
