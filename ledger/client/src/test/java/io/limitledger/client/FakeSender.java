package io.limitledger.client;

import io.limitledger.core.command.LimitCommand;
import io.limitledger.core.reply.Reply;
import io.limitledger.wire.ReplyRecord;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** Three partitions whose ledger answers as the test says, question by question. */
public final class FakeSender implements Sending {
    private final Queue<Sent> sent = new ArrayDeque<>();

    /** What was sent, and who waits for the answer or for the log. */
    public record Sent(
            LimitCommand command,
            int partition,
            @Nullable String by,
            CompletableFuture<ReplyRecord> answer,
            CompletableFuture<RecordMetadata> appended) {
        public void answer(Reply reply, boolean changed) {
            answer.complete(new ReplyRecord(reply, partition, 1, 0, changed ? 1 : 0));
        }

        /** As decided in another partition, for a waiter whose limit has got another name. */
        public void answerFrom(int other, Reply reply) {
            answer.complete(new ReplyRecord(reply, other, 1, 0, 1));
        }

        public void append(long timestamp) {
            appended.complete(
                    new RecordMetadata(new TopicPartition("limits.commands", partition), 1, 0, timestamp, 0, 0));
        }
    }

    @Override
    public CompletableFuture<ReplyRecord> send(LimitCommand command, int partition, @Nullable String by) {
        Sent question = new Sent(command, partition, by, new CompletableFuture<>(), new CompletableFuture<>());
        sent.add(question);
        return question.answer();
    }

    @Override
    public CompletableFuture<RecordMetadata> append(LimitCommand command, int partition, @Nullable String by) {
        Sent record = new Sent(command, partition, by, new CompletableFuture<>(), new CompletableFuture<>());
        sent.add(record);
        return record.appended();
    }

    @Override
    public int partitions() {
        return 3;
    }

    public Sent next() {
        return sent.remove();
    }

    public boolean isAllRead() {
        return sent.isEmpty();
    }
}
