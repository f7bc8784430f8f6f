package io.limitledger.gateway.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalDigitsTest {
    private static final String THAI = "\u0e50\u0e50\u0e51\u0e52.log";

    @TempDir
    private Path directory;

    @Test
    void shouldGiveFilesTheirUsualNames() throws Exception {
        // given
        Path topic = Files.createDirectory(directory.resolve("limits.events-0"));
        Files.writeString(topic.resolve(THAI), "events");
        Files.writeString(topic.resolve("00000000000000000007.index"), "index");

        // when
        LocalDigits.replace(directory);

        // then
        assertThat(topic.resolve("0012.log")).hasContent("events");
        assertThat(topic.resolve("00000000000000000007.index")).hasContent("index");
        assertThat(topic.resolve(THAI)).doesNotExist();
    }

    @Test
    void shouldNotChooseBetweenTwo() throws Exception {
        // given
        Path topic = Files.createDirectory(directory.resolve("limits.events-0"));
        Files.writeString(topic.resolve(THAI), "older");
        Files.writeString(topic.resolve("0012.log"), "newer");

        // when
        assertThatThrownBy(() -> LocalDigits.replace(directory))
                // then
                .isInstanceOf(StartException.class)
                .hasMessageContaining("there are both");
    }
}
