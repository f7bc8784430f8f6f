package io.limitledger.client;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.limitledger.core.command.Tick;
import io.limitledger.topics.PartitionCounts;
import io.limitledger.wire.ReplyRecord;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class NotSentTest {
    private static final PartitionCounts PARTITIONS = new PartitionCounts(1, 1, 1);

    @Test
    void shouldKnowThatNothingWasDoneWhereKafkaCannotBeReached() {
        // given nothing listens on port 1
        Map<String, Object> nowhere = Map.of("bootstrap.servers", "127.0.0.1:1");
        try (LedgerClient client =
                LedgerClient.start(new ClientSettings(nowhere, PARTITIONS, Duration.ofSeconds(5), 10))) {
            // when
            CompletableFuture<ReplyRecord> answer = client.send(new Tick("database"), 0);

            // then
            assertThatThrownBy(() -> answer.get(20, TimeUnit.SECONDS))
                    .hasCauseInstanceOf(NotSentException.class)
                    .hasMessageContaining("Nothing was done");
        }
    }
}
