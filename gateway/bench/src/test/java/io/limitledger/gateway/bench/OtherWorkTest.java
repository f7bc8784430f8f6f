package io.limitledger.gateway.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OtherWorkTest {
    @Test
    void readsTheLineOfAllProcessors() {
        // when
        OtherWork.Ticks ticks = OtherWork.Ticks.of("cpu  100 5 20 700 50 3 2 20 999 999");
        // then
        assertThat(ticks).isEqualTo(new OtherWork.Ticks(150, 900));
    }
}
