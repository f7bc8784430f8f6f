package io.limitledger.gateway.machine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(value = OS.WINDOWS, disabledReason = "it has other rights")
class PrivateFilesTest {
    private static final String OPEN_FOLDER = "rwxr-xr-x";
    private static final String OPEN_FILE = "rw-r--r--";

    @TempDir
    private Path directory;

    private Path data;

    @BeforeEach
    void nameData() {
        data = directory.resolve("data");
    }

    @Test
    void shouldMakeAFolderForItsOwnerAlone() throws Exception {
        // when
        Path made = PrivateFiles.createDataFolder(data.resolve("ledger"));

        // then
        assertThat(rights(made)).isEqualTo("rwx------");
        assertThat(rights(data)).isEqualTo("rwx------");
    }

    @Test
    void shouldTightenAFolderOfAnOlderVersion() throws Exception {
        // given
        folder(data);
        folder(data.resolve("kafka"));
        file(data.resolve("lock"));
        folder(data.resolve("lost+found"));

        // when
        PrivateFiles.createDataFolder(data);

        // then
        assertThat(rights(data)).isEqualTo("rwx------");
    }

    @Test
    void shouldTightenOnlyItsOwnWhereOthersHaveFiles() throws Exception {
        // given
        folder(data);
        folder(data.resolve("kafka"));
        file(data.resolve("lock"));
        file(data.resolve("letter.txt"));

        // when
        PrivateFiles.createDataFolder(data);

        // then
        assertThat(rights(data)).isEqualTo(OPEN_FOLDER);
        assertThat(rights(data.resolve("kafka"))).isEqualTo("rwx------");
        assertThat(rights(data.resolve("lock"))).isEqualTo("rw-------");
        assertThat(rights(data.resolve("letter.txt"))).isEqualTo(OPEN_FILE);
    }

    @Test
    void shouldLeaveTheTargetOfALinkAlone() throws Exception {
        // given
        folder(data);
        Path target = folder(directory.resolve("elsewhere"));
        Files.createSymbolicLink(data.resolve("kafka"), target);
        file(data.resolve("letter.txt"));

        // when
        PrivateFiles.createDataFolder(data);

        // then
        assertThat(rights(target)).isEqualTo(OPEN_FOLDER);
    }

    @Test
    void shouldTightenAFolderWithinWhateverIsInIt() throws Exception {
        // given
        folder(data);
        file(data.resolve("meta.properties"));

        // when
        PrivateFiles.createFolderWithin(data);

        // then
        assertThat(rights(data)).isEqualTo("rwx------");
    }

    @Test
    void shouldWriteAFileForItsOwnerAlone() throws Exception {
        // given
        Path file = file(directory.resolve("secret"));

        // when
        PrivateFiles.write(file, "a");

        // then
        assertThat(rights(file)).isEqualTo("rw-------");
        assertThat(file).hasContent("a");
        assertThat(PrivateFiles.isOpenToAll(file)).isFalse();
    }

    @Test
    void shouldSeeThatASecretIsOpenToAll() throws Exception {
        // given
        Path file = file(directory.resolve("secret"));

        // when
        boolean isOpen = PrivateFiles.isOpenToAll(file);

        // then
        assertThat(isOpen).isTrue();
    }

    private static Path folder(Path folder) throws IOException {
        Files.createDirectory(folder);
        return Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString(OPEN_FOLDER));
    }

    private static Path file(Path file) throws IOException {
        Files.createFile(file);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(OPEN_FILE));
    }

    private static String rights(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
