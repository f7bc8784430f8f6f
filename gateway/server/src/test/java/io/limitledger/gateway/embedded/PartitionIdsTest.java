package io.limitledger.gateway.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.limitledger.gateway.machine.StartException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.kafka.common.Uuid;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A log whose id is lost gets it back; one that the controller does not know stops the start. */
class PartitionIdsTest {
    private static final Uuid EVENTS = Uuid.randomUuid();
    private static final Uuid COMMANDS = Uuid.randomUuid();
    private static final Uuid ANOTHER = Uuid.randomUuid();
    private static final Map<String, Uuid> KNOWN =
            Map.of("limits.events", EVENTS, "limits.commands", COMMANDS, "of-another", ANOTHER);

    @TempDir
    private Path logDir;

    private Path events;

    @BeforeEach
    void makeLogs() throws IOException {
        events = makeLog("limits.events-0", EVENTS);
        makeLog("limits.commands-0", COMMANDS);
        makeLog("__cluster_metadata-0", Uuid.METADATA_TOPIC_ID);
    }

    private Path makeLog(String name, Uuid id) throws IOException {
        Path partition = Files.createDirectory(logDir.resolve(name));
        Files.write(partition.resolve("00000000000000000000.log"), new byte[1]);
        return Files.writeString(partition.resolve("partition.metadata"), text(id));
    }

    private static String text(Uuid id) {
        return "version: 0\ntopic_id: " + id;
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "version: 0\ntopic_id: short", "version: 0\ntopic_id: AAAAAAAAAAAAAAAAAAAAAg"})
    void shouldWriteAnIdThatIsDamaged(String damaged) throws IOException {
        // given
        Files.writeString(events, damaged);

        // when
        PartitionIds.check(logDir, KNOWN);

        // then
        assertThat(events).hasContent(text(EVENTS));
    }

    @Test
    void shouldWriteAnIdThatIsMissing() throws IOException {
        // given
        Files.delete(events);

        // when
        PartitionIds.check(logDir, KNOWN);

        // then
        assertThat(events).hasContent(text(EVENTS));
    }

    @Test
    void shouldNotStartOverDataOfATopicThatIsNotKnown() {
        assertThatThrownBy(() -> PartitionIds.check(logDir, Map.of("limits.events", EVENTS)))
                .isInstanceOf(StartException.class)
                .hasMessage(
                        "The file " + logDir.resolve("__cluster_metadata-0") + " is damaged: it does not know the topic"
                                + " whose data is in limits.commands-0, so it was cut, or is an older copy. Bring it back from a"
                                + " copy of this data");
    }

    @Test
    void shouldNotStartOverDataOfTopicsThatWereMadeAnew() {
        // given
        Map<String, Uuid> others = Map.of("limits.events", Uuid.randomUuid(), "limits.commands", Uuid.randomUuid());

        // then
        assertThatThrownBy(() -> PartitionIds.check(logDir, others)).isInstanceOf(StartException.class);
    }

    @Test
    void shouldLeaveEmptyLogsAndTopicsOfOthersToKafka() throws IOException {
        // given
        Path others = makeLog("of-another-0", Uuid.ONE_UUID);
        Path empty = Files.createDirectory(logDir.resolve("limits.replies-0"));
        Files.createFile(empty.resolve("00000000000000000000.log"));

        // when
        PartitionIds.check(logDir, KNOWN);

        // then
        assertThat(others).hasContent(text(Uuid.ONE_UUID));
        assertThat(empty.resolve("partition.metadata")).doesNotExist();
    }
}
