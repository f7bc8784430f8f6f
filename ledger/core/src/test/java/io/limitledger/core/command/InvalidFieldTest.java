package io.limitledger.core.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.limitledger.core.state.Definition;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What a mistake says: what was expected, and what came. Which fields are looked at is a matter of each command's test. */
class InvalidFieldTest {
    private static final UUID ID = new UUID(0, 1);

    @Test
    void saysWhichCountsAreExpected() {
        assertThat(new AcquireLease("db", ID, 0, 1_000, 0, null, List.of()).invalidFields())
                .containsExactly(new InvalidField("slots", "Expected 1 to 2147483647, but got 0"));
        assertThat(new PutLimit("db", new Definition(-1, 0, true), null, false).invalidFields())
                .containsExactly(new InvalidField("limit", "Expected 0 to 2147483647, but got -1"));
    }

    @Test
    void saysWhichSecondsAreExpected() {
        assertThat(new RenewLease("db", ID, 999, null).invalidFields())
                .containsExactly(new InvalidField("leaseSeconds", "Expected 1 to 2592000 seconds, but got 0.999"));
        assertThat(new AcquireLease("db", ID, 1, 1_000, 3_600_001, null, List.of()).invalidFields())
                .containsExactly(new InvalidField("waitSeconds", "Expected 0 to 3600 seconds, but got 3600.001"));
    }

    @Test
    void saysWhichDecayIsExpected() {
        assertThat(new PutLimit("db", new Definition(1, -0.5, true), null, false).invalidFields())
                .containsExactly(new InvalidField(
                        "slotDecayPerSecond", "Expected 0, or 0.000000001 to 1000000 slots per second, but got -0.5"));
    }

    @Test
    void saysWhatIsMissing() {
        assertThat(new ReleaseLease("db", null).invalidFields())
                .containsExactly(new InvalidField("leaseId", "Expected a UUID, but it is missing"));
        assertThat(new PutLimit("db", null, null, false).invalidFields())
                .containsExactly(new InvalidField(
                        "definition",
                        "Expected an object with limit, slotDecayPerSecond and active, but it is missing"));
    }
}
