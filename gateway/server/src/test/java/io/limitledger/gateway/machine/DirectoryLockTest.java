package io.limitledger.gateway.machine;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.lang.ref.WeakReference;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectoryLockTest {
    @TempDir
    private Path directory;

    @Test
    void isHeldByTheProcessEvenIfNothingRefersToIt() throws Exception {
        // given
        DirectoryLock.take(directory);

        // when
        collectGarbage();

        // then
        try (FileChannel another = FileChannel.open(directory.resolve("lock"), StandardOpenOption.WRITE)) {
            assertThatThrownBy(another::tryLock).isInstanceOf(OverlappingFileLockException.class);
        }
    }

    @Test
    void canBeTakenAgainOnceItIsClosed() {
        // given
        DirectoryLock.take(directory).close();

        // when
        DirectoryLock again = DirectoryLock.take(directory);

        // then
        assertThatThrownBy(() -> DirectoryLock.take(directory))
                .isInstanceOf(StartException.class)
                .hasMessageContaining("this process has it open already");
        again.close();
    }

    private static void collectGarbage() {
        WeakReference<Object> garbage = new WeakReference<>(new Object());
        await().until(() -> {
            System.gc();
            return garbage.get() == null;
        });
    }
}
