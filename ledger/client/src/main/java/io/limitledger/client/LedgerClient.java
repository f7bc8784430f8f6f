package io.limitledger.client;

import io.limitledger.client.TopicFollower.Plan;
import io.limitledger.client.TopicFollower.Reader;
import io.limitledger.client.TopicFollower.Start;
import io.limitledger.core.command.LimitCommand;
import io.limitledger.core.state.Asker;
import io.limitledger.timer.SystemTimer;
import io.limitledger.topics.ClientDefaults;
import io.limitledger.topics.LedgerTopics;
import io.limitledger.wire.CommandRecord;
import io.limitledger.wire.LeaseIds;
import io.limitledger.wire.ReplyRecord;
import io.limitledger.wire.UnreadableRecordException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * Sends commands to the ledger and completes a future with each one's answer. Any Java service can use it; the gateway
 * does. Safe for use by many threads. Futures complete on a thread that reads replies or sends commands: what follows
 * must not block. A grant that starts later completes its future when it starts. Commands are sent unchanged: a lease
 * that is granted at the end of a wait lasts its full time, even if its holder is gone by then; see {@link Confirming}.
 *
 * <p>A future ends with {@link UnknownOutcomeException} if no answer came in time; or, if the command was not sent,
 * with {@link NotSentException} or {@link TooManyInFlightException}.
 */
public final class LedgerClient implements Asking, AutoCloseable {
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(2);

    /** The caller's thread must not be blocked for long while Kafka is away. */
    private static final Duration BLOCKED_AT_MOST = Duration.ofMillis(500);

    private final ClientSettings settings;
    private final String askerId = UUID.randomUUID().toString();
    private final int replyPartition;
    private final SystemTimer timer = new SystemTimer("ledger-client-timeouts");
    private final PendingCommands pending;
    private final byte[] replyKey = askerId.getBytes(StandardCharsets.UTF_8);
    private final TopicFollower replies;
    private final LocalReplies localReplies;
    private final LocalAskers local;
    private final Producer<byte[], byte[]> producer;
    private final HeldCommands held;

    private LedgerClient(ClientSettings settings, LocalAskers local) {
        this.settings = settings;
        this.local = local;
        this.replyPartition = LeaseIds.partition(askerId, settings.partitions().replies());
        this.pending = new PendingCommands(timer, settings.timeout(), settings.maxInFlight());
        this.localReplies = new LocalReplies(pending, settings.maxInFlight());
        this.replies =
                TopicFollower.start(settings.clientProperties(), replies(replyPartition), Reader.each(this::replied));
        this.producer = new KafkaProducer<>(producerSettings());
        this.held = new HeldCommands(this::reachesKafka);
        held.start();
        local.add(askerId, localReplies);
    }

    /** Starts in the background. Answers can be received once {@link #isReady()}. */
    public static LedgerClient start(ClientSettings settings) {
        return start(settings, new LocalAskers());
    }

    /** As above, beside a ledger in the same process. */
    public static LedgerClient start(ClientSettings settings, LocalAskers local) {
        return new LedgerClient(settings, local);
    }

    /** Replies need not wait for the commit: the same commands would give the same replies. */
    private static Plan replies(int partition) {
        List<TopicPartition> own = List.of(new TopicPartition(LedgerTopics.REPLIES, partition));
        return new Plan("replies", own, Start.END, IsolationLevel.READ_UNCOMMITTED);
    }

    /** Other clients may share the partition. */
    private void replied(ConsumerRecord<byte[], byte[]> record) throws UnreadableRecordException {
        if (Arrays.equals(record.key(), replyKey)) {
            pending.answer(ReplyRecord.correlationId(record), ReplyRecord.read(record));
        }
    }

    @Override
    public CompletableFuture<ReplyRecord> send(LimitCommand command, int partition, @Nullable String by) {
        PendingCommands.Pending asked = pending.add(command);
        if (asked == null) {
            return CompletableFuture.failedFuture(new TooManyInFlightException(settings.maxInFlight()));
        }
        CommandRecord record = addressed(command, asked.correlationId(), by);
        if (held.isAway()) {
            hold(asked, record, partition, new TimeoutException("it does not answer"));
        } else {
            send(asked, record, partition);
        }
        return asked.future();
    }

    private void send(PendingCommands.Pending asked, CommandRecord record, int partition) {
        Thread asking = Thread.currentThread();
        asked.isUnsent(null);
        try {
            Future<RecordMetadata> unused = producer.send(record.to(partition), (metadata, failure) -> {
                if (failure instanceof TimeoutException && Thread.currentThread() == asking) {
                    hold(asked, record, partition, failure);
                } else if (failure != null) {
                    pending.fail(asked, failed(record.command(), failure, asking));
                }
            });
        } catch (KafkaException | IllegalStateException e) {
            // The latter means that the client has been closed.
            pending.fail(asked, notSent(record.command(), e));
        }
    }

    /** Until Kafka is back, or the command's time is over: its future then ends with the certainty that nothing was done. */
    private void hold(PendingCommands.Pending asked, CommandRecord record, int partition, Exception failure) {
        NotSentException unsent = notSent(record.command(), failure);
        asked.isUnsent(unsent);
        held.hold(new HeldCommands.Held(
                () -> send(asked, record, partition),
                () -> pending.fail(asked, unsent),
                () -> asked.future().isDone()));
    }

    /** Blocks for up to half a second. Any other error is reported when a command is sent. */
    private boolean reachesKafka() {
        try {
            producer.partitionsFor(LedgerTopics.COMMANDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (KafkaException | IllegalStateException e) {
            return true;
        }
    }

    /**
     * What a producer's failure means for the caller. On the caller's thread the producer fails only before it has taken the
     * record, and a record that the broker refuses is not written either.
     */
    private static RuntimeException failed(LimitCommand command, Exception failure, Thread asking) {
        return Thread.currentThread() == asking || failure instanceof AuthorizationException
                ? notSent(command, failure)
                : notAcknowledged(command, failure);
    }

    private static NotSentException notSent(LimitCommand command, Exception failure) {
        return new NotSentException(
                "Kafka did not take " + command.type() + ": " + failure.getMessage() + ". Nothing was done; try again.",
                failure);
    }

    /**
     * Sends a command that is not answered; completes when it is stored in the log.
     *
     * @param by as in {@link Asking#send(LimitCommand, int, String)}
     */
    public CompletableFuture<RecordMetadata> append(LimitCommand command, int partition, @Nullable String by) {
        CompletableFuture<RecordMetadata> appended = new CompletableFuture<>();
        Runnable cancelTimeout = timer.in(
                settings.timeout().toMillis(),
                () -> appended.completeExceptionally(
                        notAcknowledged(command, new TimeoutException("it took too long"))));
        CompletableFuture<RecordMetadata> unusedEnd = appended.whenComplete((metadata, failure) -> cancelTimeout.run());
        Thread asking = Thread.currentThread();
        try {
            Future<RecordMetadata> unused =
                    producer.send(new CommandRecord(command, null, by).to(partition), (metadata, failure) -> {
                        if (failure == null) {
                            appended.complete(metadata);
                        } else {
                            appended.completeExceptionally(failed(command, failure, asking));
                        }
                    });
        } catch (KafkaException | IllegalStateException e) {
            appended.completeExceptionally(notSent(command, e));
        }
        return appended;
    }

    private CommandRecord addressed(LimitCommand command, String correlationId, @Nullable String by) {
        Asker asker = new Asker(LedgerTopics.REPLIES, replyPartition, askerId, correlationId, ReplyRecord.RULES);
        return new CommandRecord(command, asker, by);
    }

    private static UnknownOutcomeException notAcknowledged(LimitCommand command, Throwable failure) {
        return new UnknownOutcomeException(
                "Expected Kafka to acknowledge " + command.type() + ", but " + failure.getMessage(), failure);
    }

    /** Whether the position in the replies is known, so that no answer can be missed. */
    public boolean isReady() {
        return replies.isUpToDate();
    }

    /** Commands that wait for their answers, including those of waiters in a queue. */
    public int inFlight() {
        return pending.size();
    }

    /** Commands without any answer so far, not counting those that only give back. */
    public int undecided() {
        return pending.undecided();
    }

    /** Commands that were not answered in time. */
    public long timeouts() {
        return pending.timeouts();
    }

    /** Answers that came after their command had ended. */
    public long lateReplies() {
        return pending.lateReplies();
    }

    @Override
    public int partitions() {
        return settings.partitions().commands();
    }

    /** For the producer's metrics. */
    public Producer<byte[], byte[]> producer() {
        return producer;
    }

    /** Commands under way end with an unknown outcome. */
    @Override
    public void close() {
        local.remove(askerId);
        held.close();
        producer.close(CLOSE_TIMEOUT);
        replies.close();
        localReplies.close();
        timer.close();
        pending.close();
    }

    private Map<String, Object> producerSettings() {
        Map<String, Object> producer = ClientDefaults.with(settings.clientProperties());
        // A caller waits for each command.
        producer.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        // What gathers meanwhile goes in the next request: a request for each would cost the broker far more.
        producer.put(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 1);
        // A command counts once it is safe, and repeats of the network are not repeats of the command.
        producer.put(ProducerConfig.ACKS_CONFIG, "all");
        producer.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        producer.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, BLOCKED_AT_MOST.toMillis());
        int timeoutMillis = Math.toIntExact(settings.timeout().toMillis());
        producer.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, Math.min(timeoutMillis, ClientDefaults.REQUEST_MILLIS));
        // Kafka counts from when a batch was begun, and commands join it as long as its broker is away. Twice the time
        // keeps the last of them from failing before its own time is over.
        producer.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 2 * timeoutMillis);
        producer.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
        producer.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
        return producer;
    }
}
