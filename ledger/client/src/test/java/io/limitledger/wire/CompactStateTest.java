package io.limitledger.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.limitledger.core.state.KeyUse;
import io.limitledger.core.state.LeaseRecord;
import io.limitledger.core.state.SealedLimit;
import io.limitledger.wire.Golden.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What was once written of limits and leases stays readable, in both forms. */
class CompactStateTest {
    private static final int TRIES = 2_000;

    /** Folders of the forms. */
    private static final String FIRST_VERSION = "compact";

    private static final String WITHOUT_OWNERS = "compact-2";
    private static final String VERSION = "compact-3";

    static List<Golden> states() {
        return Goldens.all().stream()
                .filter(golden -> golden.kind() == Kind.STATE)
                .filter(golden -> golden.value() instanceof SealedLimit
                        || golden.value() instanceof LeaseRecord
                        || golden.value() instanceof KeyUse)
                .toList();
    }

    @ParameterizedTest
    @MethodSource("states")
    void shouldWriteTheSameBytesAsEver(Golden golden) {
        // when
        byte[] written = StateRecord.write(key(golden.value()), golden.value());

        // then
        assertThat(HexFormat.of().formatHex(written)).isEqualTo(file(golden));
    }

    @ParameterizedTest
    @MethodSource("states")
    void shouldReadWhatWasWritten(Golden golden) {
        // given
        byte[] written = HexFormat.of().parseHex(file(golden));

        // when
        Object read = read(key(golden.value()), written);

        // then
        assertThat(read).isEqualTo(golden.value());
    }

    static List<Golden> statesOfTheFirstVersion() {
        return states().stream()
                .filter(golden -> fileIfAny(golden, FIRST_VERSION) != null)
                .toList();
    }

    /** Compact, by the version before the one that is written. */
    @ParameterizedTest
    @MethodSource("statesOfTheFirstVersion")
    void shouldReadWhatTheVersionBeforeWrote(Golden golden) {
        // given
        byte[] written = HexFormat.of().parseHex(fileIfAny(golden, FIRST_VERSION));

        // when
        Object read = read(key(golden.value()), written);

        // then
        assertThat(read).isEqualTo(golden.value());
    }

    @ParameterizedTest
    @MethodSource("states")
    void shouldReadWhatVersionsBeforeWrote(Golden golden) {
        // when
        Object read = read(key(golden.value()), golden.file());

        // then
        assertThat(read).isEqualTo(golden.value());
    }

    @ParameterizedTest
    @MethodSource("states")
    void shouldRefuseARecordUnderTheKeyOfAnother(Golden golden) {
        // given
        byte[] written = StateRecord.write(key(golden.value()), golden.value());
        StateKey other = golden.value() instanceof SealedLimit
                ? StateKey.ofLimit("other")
                : golden.value() instanceof KeyUse
                        ? StateKey.ofKey("other", "b")
                        : StateKey.ofLease("other", new UUID(7, 7));

        // then
        assertThatThrownBy(() -> read(other, written)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @MethodSource("states")
    void shouldReadOrRefuseWhateverBytes(Golden golden) {
        // given
        byte[] written = StateRecord.write(key(golden.value()), golden.value());
        Random random = new Random(1);

        for (int i = 0; i < TRIES; i++) {
            byte[] spoilt = Arrays.copyOf(written, 1 + random.nextInt(written.length + 3));
            spoilt[random.nextInt(spoilt.length)] = (byte) random.nextInt(256);

            // then
            assertThatCode(() -> {
                        try {
                            read(key(golden.value()), spoilt);
                        } catch (IllegalArgumentException | ArithmeticException | UncheckedIOException e) {
                            // Refused.
                        }
                    })
                    .doesNotThrowAnyException();
        }
    }

    private static StateKey key(Object value) {
        if (value instanceof KeyUse use) {
            return StateKey.ofKey(use.limit(), use.key());
        }
        return value instanceof LeaseRecord lease
                ? StateKey.ofLease(lease.limit(), lease.leaseId())
                : StateKey.ofLimit(((SealedLimit) value).limit().name());
    }

    private static Object read(StateKey key, byte[] value) {
        return switch (key.kind()) {
            case LIMIT -> StateRecord.limit(key, value);
            case KEY -> StateRecord.keyUse(key, value);
            default -> StateRecord.lease(key, value);
        };
    }

    private static String file(Golden golden) {
        byte[] written = StateRecord.write(key(golden.value()), golden.value());
        String hex = HexFormat.of().formatHex(written);
        String version = written[0] == CompactState.VERSION ? VERSION : WITHOUT_OWNERS;
        String found = fileIfAny(golden, version);
        assertThat(found)
                .withFailMessage(
                        "Expected a golden file %s, but it does not exist; add it with%n%s", path(golden, version), hex)
                .isNotNull();
        return found;
    }

    private static String path(Golden golden, String version) {
        return golden.path().replace("golden/", "golden/" + version + '/').replace(".json", ".hex");
    }

    private static String fileIfAny(Golden golden, String version) {
        try (InputStream file = CompactStateTest.class.getResourceAsStream('/' + path(golden, version))) {
            return file == null ? null : new String(file.readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
