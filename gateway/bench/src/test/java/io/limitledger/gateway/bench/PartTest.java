package io.limitledger.gateway.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.limitledger.topology.LedgerProcessor;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which part of the way a sample of a stack belongs to. */
class PartTest {
    private static final String STREAM_THREAD = "limit-ledger-1-StreamThread-1";
    private static final String PROCESS = LedgerProcessor.class.getName() + ".process";

    @Test
    void aStackBelongsToItsMostSpecialPart() {
        // given
        List<String> append = List.of("org.apache.kafka.clients.producer.KafkaProducer.doSend", PROCESS);
        List<String> reply = List.of(
                "org.apache.kafka.clients.producer.KafkaProducer.doSend",
                "io.limitledger.topology.KafkaOutbox.send",
                PROCESS);
        // when
        Part appended = Part.of(STREAM_THREAD, append);
        // then
        assertThat(appended).isEqualTo(Part.PRODUCE);
        assertThat(Part.of(STREAM_THREAD, reply)).isEqualTo(Part.REPLY);
        assertThat(Part.of(STREAM_THREAD, List.of("io.limitledger.core.rule.AcquireLeaseRule.decide", PROCESS)))
                .isEqualTo(Part.DECIDE);
    }

    @Test
    void aStackThatNothingIsKnownOfBelongsToItsThread() {
        // given
        List<String> frames = List.of("java.lang.Thread.run");
        // when
        Part part = Part.of("data-plane-kafka-request-handler-1", frames);
        // then
        assertThat(part).isEqualTo(Part.BROKER);
        assertThat(Part.of(STREAM_THREAD, frames)).isEqualTo(Part.STREAMS);
        assertThat(Part.of("main", frames)).isEqualTo(Part.OTHER);
    }
}
