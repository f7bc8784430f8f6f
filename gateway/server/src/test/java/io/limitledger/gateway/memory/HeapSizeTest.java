package io.limitledger.gateway.memory;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

/** The options of this JVM that a server changes while it runs. */
class HeapSizeTest {
    private final HotSpotDiagnosticMXBean jvm = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);

    @Test
    void freeMemoryIsGivenBack() {
        // given
        jvm.setVMOption("MinHeapFreeRatio", "12");
        // when
        HeapSize.followUse();
        // then
        assertThat(value("MaxHeapFreeRatio")).isEqualTo("25");
        assertThat(value("G1PeriodicGCInterval")).isEqualTo("60000");
        assertThat(value("MinHeapFreeRatio")).as("set before").isEqualTo("12");
    }

    private String value(String option) {
        return jvm.getVMOption(option).getValue();
    }
}
