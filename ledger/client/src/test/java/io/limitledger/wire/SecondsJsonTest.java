package io.limitledger.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.limitledger.core.command.RenewLease;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Durations are seconds outside and milliseconds inside, and nothing is lost between. */
class SecondsJsonTest {

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "0.001, 1",
        "0.1, 100",
        "0.3, 300",
        "1, 1000",
        "1.0, 1000",
        "1e1, 10000",
        "1E-2, 10",
        "300.500, 300500",
        "2592000, 2592000000",
        "-1.5, -1500",
        "0.0004, 0",
        "0.00049999999, 0",
        "0.0005, 1",
        "0.0015, 2",
        "-0.0005, -1",
        "1000000000000, 1000000000000000",
        "1000000000000.001, 9223372036854775807",
        "-1e13, -9223372036854775808",
        "1e400, 9223372036854775807",
        "1e-400, 0",
        "1e-99999999, 0",
        "0e-99999999, 0"
    })
    void shouldReadMillis(BigDecimal seconds, long millis) {
        assertThat(SecondsJson.millis(seconds)).isEqualTo(millis);
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "1, 0.001", "10, 0.01", "100, 0.1", "999, 0.999", "1000, 1", "60000, 60", "300500, 300.5"})
    void shouldWriteSecondsWithoutWaste(long millis, String seconds) {
        assertThat(written(millis)).endsWith("\"leaseSeconds\":" + seconds + "}");
    }

    @ParameterizedTest
    @ValueSource(longs = {Long.MAX_VALUE, Long.MIN_VALUE, 1, -1, 0})
    void shouldWriteTheLargestAndTheSmallest(long millis) throws Exception {
        // when
        RenewLease read = (RenewLease) CommandJson.read(written(millis).getBytes(StandardCharsets.UTF_8));

        // then
        assertThat(read.leaseMillis()).isEqualTo(millis);
    }

    @Test
    void shouldGiveBackEveryMillisecond() throws Exception {
        Random random = new Random(1);
        for (int i = 0; i < 20_000; i++) {
            // given
            long millis = random.nextLong(0, 1L << random.nextInt(1, 50));

            // when
            RenewLease read = (RenewLease) CommandJson.read(written(millis).getBytes(StandardCharsets.UTF_8));

            // then
            assertThat(read.leaseMillis()).isEqualTo(millis);
            assertThat(SecondsJson.millis(SecondsJson.seconds(millis))).isEqualTo(millis);
        }
    }

    private static String written(long millis) {
        byte[] command = CommandJson.write(new RenewLease("database", new UUID(1, 1), millis, null));
        return new String(command, StandardCharsets.UTF_8);
    }
}
