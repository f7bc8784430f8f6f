package io.limitledger.gateway.bench;

import io.limitledger.core.command.LimitCommand;
import io.limitledger.core.reply.Reply;
import io.limitledger.wire.CommandJson;
import io.limitledger.wire.LeaseIds;
import io.limitledger.wire.ReplyJson;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;

/** Sends an echo what looks from outside like a workload: as many bytes to and fro, over the same partitions. */
final class KafkaFloor {
    /** Enough to spread like the workload does, and made ahead, because making records is not Kafka's cost. */
    private static final int PREPARED_CYCLES = 1_024;

    private final EchoClient client;
    private final int partitions;

    /** @param partitions of the topic that the echo reads */
    KafkaFloor(EchoClient client, int partitions) {
        this.client = client;
        this.partitions = partitions;
    }

    /** @param replies to one cycle of the workload */
    Measurement measurement(Workload workload, List<Reply> replies, Load load) {
        List<List<AsyncOperation>> prepared = Stream.generate(workload::cycle)
                .limit(PREPARED_CYCLES)
                .map(commands -> exchanges(commands, replies))
                .toList();
        return Loops.of(load, () -> prepared.get(ThreadLocalRandom.current().nextInt(prepared.size())));
    }

    private List<AsyncOperation> exchanges(List<LimitCommand> commands, List<Reply> replies) {
        List<AsyncOperation> exchanges = new ArrayList<>();
        for (int i = 0; i < commands.size(); i++) {
            EchoRequest request = request(commands.get(i), replies.get(i));
            exchanges.add(() -> client.send(request));
        }
        return exchanges;
    }

    EchoRequest request(LimitCommand command, Reply reply) {
        String limit = Objects.requireNonNull(command.limit());
        return new EchoRequest(
                LeaseIds.partition(limit, partitions),
                limit.getBytes(StandardCharsets.UTF_8),
                CommandJson.write(command).length,
                ReplyJson.write(reply).length);
    }
}
