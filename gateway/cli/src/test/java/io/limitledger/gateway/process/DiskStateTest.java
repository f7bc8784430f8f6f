package io.limitledger.gateway.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.limitledger.gateway.cli.Main;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code serve --state disk} on a machine on which RocksDB cannot be loaded. */
@Timeout(60)
@Tag("broker")
class DiskStateTest {
    @TempDir
    private Path directory;

    @Test
    void endsBeforeAnythingIsStartedAndSaysWhatToSet() throws Exception {
        // given
        Path data = directory.resolve("data");
        Path missing = directory.resolve("missing");

        // when
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-Djava.io.tmpdir=" + missing,
                        "-cp",
                        System.getProperty("java.class.path"),
                        Main.class.getName(),
                        "serve",
                        "--state=disk",
                        "--port=0",
                        "--data-dir=" + data)
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        // then
        assertThat(process.waitFor()).isEqualTo(1);
        assertThat(output)
                .contains("--state disk needs RocksDB, whose library could not be loaded from " + missing)
                .contains("set ROCKSDB_SHAREDLIB_DIR in the environment")
                .doesNotContain("\tat ");
        assertThat(data.resolve("kafka")).doesNotExist();
    }
}
