package io.limitledger.gateway.machine;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ProcessBoundsTest {
    private static final long MEGABYTE = 1_024 * 1_024;

    @Test
    void saysHowLargeAHeapIsNeeded() {
        // when
        assertThatThrownBy(() -> ProcessBounds.checkHeap(48 * MEGABYTE))
                // then
                .isInstanceOf(StartException.class)
                .hasMessageContaining("The heap is 48 MB at most")
                .hasMessageContaining("java -Xmx512m");
    }

    @Test
    void takesTheSmallestHeapAsTheJvmReportsIt() {
        // then
        assertThatCode(() -> ProcessBounds.checkHeap(77 * MEGABYTE)).doesNotThrowAnyException();
    }

    @Test
    void saysHowManyFilesMayBeOpenAndHowManyAreNeeded() {
        // when
        assertThatThrownBy(() -> ProcessBounds.checkDescriptors(128, 20))
                // then
                .isInstanceOf(StartException.class)
                .hasMessageContaining("may open 128 files (ulimit -n)")
                .hasMessageContaining("ulimit -n 1024");
    }

    @Test
    void takesEnoughFiles() {
        // then
        assertThatCode(() -> ProcessBounds.checkDescriptors(1_024, 200)).doesNotThrowAnyException();
    }
}
