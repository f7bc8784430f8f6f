package io.limitledger.credentials;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileBackedTest {
    private final AtomicLong nanos = new AtomicLong();
    private final List<String> broken = new ArrayList<>();

    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void write() {
        file = folder.resolve("value");
        TestAuthority.replace(file, "1");
    }

    @Test
    void shouldReadAgainWhatWasReplaced() {
        // given
        FileBacked<Integer> value = value();
        TestAuthority.replace(file, "2");

        // when
        nanos.addAndGet(FileBacked.LOOK_NANOS);

        // then
        assertThat(value.get()).isEqualTo(2);
    }

    @Test
    void shouldNotLookAtTheFilesWithEachUse() {
        // given
        FileBacked<Integer> value = value();
        TestAuthority.replace(file, "2");

        // when
        nanos.addAndGet(FileBacked.LOOK_NANOS - 1);

        // then
        assertThat(value.get()).isEqualTo(1);
        assertThat(value.getNow()).isEqualTo(2);
    }

    @Test
    void shouldKeepTheLastGoodValueAndReportABrokenOneOnce() {
        // given
        FileBacked<Integer> value = value();
        TestAuthority.replace(file, "no number");

        // when
        List<Integer> values = List.of(value.getNow(), value.getNow());

        // then
        assertThat(values).containsExactly(1, 1);
        assertThat(broken).hasSize(1);
    }

    @Test
    void shouldKeepTheLastGoodValueWhileTheFileIsAway() throws IOException {
        // given
        FileBacked<Integer> value = value();
        Files.delete(file);
        int meanwhile = value.getNow();
        TestAuthority.replace(file, "3");

        // when
        int afterwards = value.getNow();

        // then
        assertThat(meanwhile).isEqualTo(1);
        assertThat(afterwards).isEqualTo(3);
    }

    @Test
    void shouldFollowALinkToAnotherFile() throws IOException {
        // given: as Kubernetes replaces a mounted secret
        Path first = Files.writeString(folder.resolve("first"), "1");
        Path second = Files.writeString(folder.resolve("second"), "2");
        Files.setLastModifiedTime(second, Files.getLastModifiedTime(first));
        Files.delete(file);
        Files.createSymbolicLink(file, first);
        FileBacked<Integer> value = value();
        Files.delete(file);
        Files.createSymbolicLink(file, second);

        // when
        int found = value.getNow();

        // then
        assertThat(found).isEqualTo(2);
    }

    @Test
    void shouldFailAtTheStart() {
        // given
        TestAuthority.replace(file, "no number");

        // when
        ThrowingCallable start = this::value;

        // then
        assertThatThrownBy(start).isInstanceOf(NumberFormatException.class);
        assertThat(broken).isEmpty();
    }

    private FileBacked<Integer> value() {
        return new FileBacked<>(
                List.of(file),
                () -> Integer.valueOf(PemFile.textOf(file, 100)),
                failure -> broken.add(failure.getMessage()),
                nanos::get);
    }
}
