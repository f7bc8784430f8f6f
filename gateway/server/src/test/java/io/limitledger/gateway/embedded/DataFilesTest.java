package io.limitledger.gateway.embedded;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.limitledger.gateway.machine.StartException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A damaged file beside the logs is named, with what to do. */
class DataFilesTest {
    private static final String CLUSTER_ID = "TGltaXRMZWRnZXJFbWJkZA";

    @TempDir
    private Path directory;

    @BeforeEach
    void makeWholeFiles() throws IOException {
        write(
                "meta.properties",
                "#then\nnode.id=1\ndirectory.id=KNhf8v3N9Pyaec3uIg6APw\nversion=1\ncluster.id=" + CLUSTER_ID + "\n");

        write("recovery-point-offset-checkpoint", "0\n1\nlimits.events 0 12\n");
        write("log-start-offset-checkpoint", "0\n0\n");
        write("replication-offset-checkpoint", "");
        Files.createDirectory(directory.resolve("limits.events-0"));
        write("limits.events-0/leader-epoch-checkpoint", "0\n1\n0 0\n");
    }

    @Test
    void shouldFindNothingInWholeFilesNorInAnEmptyFolder(@TempDir Path empty) {
        assertThatCode(() -> DataFiles.check(directory, CLUSTER_ID, false)).doesNotThrowAnyException();
        assertThatCode(() -> DataFiles.check(empty, CLUSTER_ID, false)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({
        "meta.properties, '', it has no version",
        "meta.properties, 'version=1', it has no node.id",
        "meta.properties, 'version=1\nnode.id=2', 'its node.id is 2, not 1'",
        "meta.properties, 'version=1\nnode.id=1\ncluster.id=x', 'its cluster.id is x, not " + CLUSTER_ID + "'",
        "bootstrap.checkpoint, '', it is empty",
        "recovery-point-offset-checkpoint, '0\n2\nlimits.events 0 12', it does not have as many lines as it says",
        "recovery-point-offset-checkpoint, '0\n1\nlimits.ev', its line 'limits.ev' is none of Kafka's",
        "log-start-offset-checkpoint, '7', it does not have as many lines as it says",
        "limits.events-0/leader-epoch-checkpoint, '0\n1\n0 x', its line '0 x' is none of Kafka's",
    })
    void shouldNameADamagedFile(String file, String content, String what) throws IOException {
        // given
        write(file, content);

        // then
        assertThatThrownBy(() -> DataFiles.check(directory, CLUSTER_ID, false))
                .isInstanceOf(StartException.class)
                .hasMessageStartingWith("The file " + directory.resolve(file) + " is damaged: " + what + ". ");
    }

    @Test
    void shouldNotBeginAnewOverDataWhoseIdentityIsMissing() throws IOException {
        // given
        Files.delete(directory.resolve("meta.properties"));

        // then
        assertThatThrownBy(() -> DataFiles.check(directory, CLUSTER_ID, false))
                .isInstanceOf(StartException.class)
                .hasMessageContaining("it is missing beside the data");
    }

    private void write(String file, String content) throws IOException {
        Files.writeString(directory.resolve(file), content);
    }
}
