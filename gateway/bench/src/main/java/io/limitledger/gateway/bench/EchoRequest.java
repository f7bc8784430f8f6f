package io.limitledger.gateway.bench;

import io.limitledger.core.state.Asker;
import io.limitledger.wire.CommandRecord;
import java.nio.ByteBuffer;
import org.apache.kafka.clients.producer.ProducerRecord;

/** A record of a command's size, which asks for one of its reply's size. Made once and sent often. */
final class EchoRequest {
    private final int partition;
    private final byte[] key;
    private final byte[] value;

    /** @param replyBytes the beginning of the value */
    EchoRequest(int partition, byte[] key, int commandBytes, int replyBytes) {
        this.partition = partition;
        this.key = key;
        this.value = new byte[Math.max(commandBytes, Integer.BYTES)];
        ByteBuffer.wrap(value).putInt(replyBytes);
    }

    ProducerRecord<byte[], byte[]> to(String topic, Asker asker) {
        return new ProducerRecord<>(topic, partition, key, value, CommandRecord.headers(asker));
    }

    static byte[] replyTo(byte[] value) {
        return new byte[ByteBuffer.wrap(value).getInt()];
    }
}
