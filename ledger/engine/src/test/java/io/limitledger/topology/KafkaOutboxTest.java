package io.limitledger.topology;

import static org.assertj.core.api.Assertions.assertThatCode;

import io.limitledger.topology.KafkaOutbox.LocalDelivery;
import io.limitledger.wire.LedgerSigner;
import java.util.Map;
import org.junit.jupiter.api.Test;

class KafkaOutboxTest {
    @Test
    void shouldStartHoweverLongRequestsMayTakeElsewhere() {
        // given
        Map<String, Object> patient = Map.of("bootstrap.servers", "127.0.0.1:9092", "request.timeout.ms", "30000");

        // when
        assertThatCode(() -> new KafkaOutbox(patient, 1, LocalDelivery.NONE, LedgerMetrics.NONE, LedgerSigner.create())
                        .close())
                // then
                .doesNotThrowAnyException();
    }
}
