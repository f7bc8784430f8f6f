package io.limitledger.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Times are read and written as the JDK does, only faster. */
class TimeTextTest {
    private static final long YEAR_9999 =
            Instant.parse("9999-12-31T23:59:59.999Z").toEpochMilli();
    private static final long YEAR_0 = Instant.parse("0000-01-01T00:00:00Z").toEpochMilli();

    @Test
    void shouldReadWhatItWrites() {
        new Random(1).longs(100_000, YEAR_0, YEAR_9999 + 1).forEach(millis -> {
            assertThat(TimeText.read(TimeText.write(millis))).isEqualTo(millis);
            long wholeSeconds = Math.floorDiv(millis, 1_000) * 1_000;
            assertThat(TimeText.read(TimeText.write(wholeSeconds))).isEqualTo(wholeSeconds);
        });
    }

    @Test
    void shouldWriteAsTheJdkDoes() {
        new Random(2).longs(100_000, 2 * YEAR_0, 2 * YEAR_9999).forEach(millis -> {
            assertThat(TimeText.write(millis))
                    .isEqualTo(Instant.ofEpochMilli(millis).toString());
            long wholeSeconds = Math.floorDiv(millis, 1_000) * 1_000;
            assertThat(TimeText.write(wholeSeconds))
                    .isEqualTo(Instant.ofEpochMilli(wholeSeconds).toString());
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-11-20T10:15:00.25Z",
                "2026-11-20T10:15:00.250123Z",
                "2026-11-20T24:00:00Z",
                "2026-11-20T23:59:60Z",
                "2024-02-29T00:00:00Z",
                "+12026-11-20T10:15:00Z",
                "-0001-11-20T10:15:00Z",
                "2026-11-20t10:15:00z"
            })
    void shouldReadOtherFormsAsTheJdkDoes(String text) {
        assertThat(TimeText.read(text)).isEqualTo(Instant.parse(text).toEpochMilli());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "yesterday",
                "2026-11-20T10:15:00.250",
                "2026-13-20T10:15:00Z",
                "2026-02-29T10:15:00Z",
                "2026-11-20T25:15:00Z",
                "2026-11-20T10:61:00Z",
                "2026-11-20 10:15:00Z",
                "2026-11-20T10:15:0\u0660Z"
            })
    void shouldRefuseWhatTheJdkRefuses(String text) {
        assertThatThrownBy(() -> Instant.parse(text)).isInstanceOf(DateTimeException.class);
        assertThatThrownBy(() -> TimeText.read(text)).isInstanceOf(DateTimeException.class);
    }
}
