package io.limitledger.gateway.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileFailureTest {
    @TempDir
    private Path directory;

    @Test
    void shouldSayThatAFileIsNoDataDirectory() throws Exception {
        // given
        Path file = Files.createFile(directory.resolve("file"));

        // when
        assertThatThrownBy(() -> DirectoryLock.take(file))
                // then
                .isInstanceOf(StartException.class)
                .hasMessage("Cannot use the data directory " + file + ": it is a file, not a directory");
    }

    @Test
    void shouldNameTheFileAboveThatIsNone() throws Exception {
        // given
        Path file = Files.createFile(directory.resolve("file"));

        // when
        assertThatThrownBy(() -> DirectoryLock.take(file.resolve("data")))
                // then
                .isInstanceOf(StartException.class)
                .hasMessageStartingWith("Cannot use the data directory " + file.resolve("data") + ": ")
                .hasMessageNotContaining("Exception");
    }

    @Test
    void shouldSayThatPermissionIsDenied() {
        // when
        String words = FileFailure.inWords(new AccessDeniedException("/root"));

        // then
        assertThat(words).isEqualTo("this user may not use it: permission denied");
    }
}
