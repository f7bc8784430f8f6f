package io.limitledger.gateway.access.kafka;

import static java.util.Objects.requireNonNull;

import io.limitledger.client.TopicFollower;
import io.limitledger.client.TopicFollower.Plan;
import io.limitledger.client.TopicFollower.Start;
import io.limitledger.client.UnknownOutcomeException;
import io.limitledger.gateway.access.AccessAdmin;
import io.limitledger.gateway.access.AccessBook;
import io.limitledger.gateway.access.AccessLog;
import io.limitledger.gateway.access.AccessRecord;
import io.limitledger.timer.Throttle;
import io.limitledger.topics.AdminAnswers;
import io.limitledger.topics.ClientDefaults;
import io.limitledger.topics.LedgerTopics;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The topic {@code limits.access}: follows it into a book, and changes it.
 *
 * <p>Each change is a transaction under one transactional id for all processes, so that Kafka lets only one of them decide at a time: who
 * begins ends what another has under way, and that one decides again. Between its beginning and its commit nothing is changed that
 * it has not read. So a name is given once, and no change is lost, whichever gateways are asked at the same moment.
 */
public final class KafkaAccess implements AccessLog, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(KafkaAccess.class);

    /** Begins like those of ledgers, so that one rule of Kafka's access control lists fits both. */
    public static final String TRANSACTIONAL_ID = LedgerTopics.GROUP + "-access";

    private static final TopicPartition PARTITION = new TopicPartition(LedgerTopics.ACCESS, 0);

    /** For all that one change waits for. A transaction that was left behind ends after it too. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final int ATTEMPTS = 10;
    private static final int LONGEST_PAUSE_MILLIS = 300;

    /** Changes are made by people and their scripts; what waits longer than this would not be answered in time. */
    private static final int MAX_WAITING = 100;

    private final Map<String, Object> clientProperties;
    private final ReadPosition position = new ReadPosition();
    private final TopicFollower follower;
    private final Admin admin;
    private final Producer<byte[], byte[]> uses;
    private final Throttle useFailures = new Throttle();
    private final ThreadPoolExecutor changes = new ThreadPoolExecutor(
            1,
            1,
            0,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(MAX_WAITING),
            work -> thread("changes of access", work));

    /** A producer may block, which no request should. What is more than fits is dropped: nothing depends on it. */
    private final ThreadPoolExecutor notes = new ThreadPoolExecutor(
            1,
            1,
            0,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(AccessAdmin.MAX_TOKENS),
            work -> thread("uses of tokens", work),
            new ThreadPoolExecutor.DiscardPolicy());

    private KafkaAccess(Map<String, Object> clientProperties, AccessBook book) {
        this.clientProperties = clientProperties;
        Plan plan = Plan.ofTopic(
                "tokens and rights", LedgerTopics.ACCESS, 1, Start.BEGINNING, IsolationLevel.READ_COMMITTED);
        this.admin = Admin.create(ClientDefaults.with(clientProperties));
        this.uses = new KafkaProducer<>(producer());
        this.follower = TopicFollower.start(clientProperties, plan, new AccessReader(book, position));
    }

    private static Thread thread(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        return thread;
    }

    /** Follows the topic, which must exist, into the book; in the background. */
    public static KafkaAccess start(Map<String, Object> clientProperties, AccessBook book) {
        return new KafkaAccess(clientProperties, book);
    }

    /** Completes when the book has all that there was at the start. */
    public CompletableFuture<Void> caughtUp() {
        return follower.caughtUp().copy();
    }

    /** Whether changes of other gateways arrive. */
    public boolean isReady() {
        return follower.isUpToDate();
    }

    @Override
    public <T> CompletableFuture<T> change(Supplier<Change<T>> decide) {
        try {
            return CompletableFuture.supplyAsync(() -> attempts(decide), changes);
        } catch (RejectedExecutionException e) {
            return CompletableFuture.failedFuture(new KafkaException(
                    "More than " + MAX_WAITING + " changes of tokens and rights wait; try again later", e));
        }
    }

    private <T> T attempts(Supplier<Change<T>> decide) {
        for (int attempt = 1; ; attempt++) {
            try {
                return attempt(decide);
            } catch (KafkaException e) {
                if (attempt == ATTEMPTS || !isOvertaken(e)) {
                    LOG.warn("Could not change tokens or rights", e);
                    throw new UnknownOutcomeException(
                            "Kafka did not confirm the change of tokens or rights in time; see whether it was made, and repeat"
                                    + " it if not",
                            e);
                }
                LOG.debug("Another process changes tokens and rights as well; trying again");
                pause();
            }
        }
    }

    private <T> T attempt(Supplier<Change<T>> decide) {
        Map<String, Object> settings = producer();
        settings.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, TRANSACTIONAL_ID);
        settings.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, (int) PATIENCE.toMillis());
        try (Producer<byte[], byte[]> producer = new KafkaProducer<>(settings)) {
            producer.initTransactions();
            position.await(end(), PATIENCE);
            Change<T> change = decide.get();
            if (!change.records().isEmpty()) {
                position.await(write(producer, change.records()) + 1, PATIENCE);
            }
            return change.outcome();
        }
    }

    /** Whether another process has begun a change since. That may be hidden in what it led to. */
    private static boolean isOvertaken(Throwable failure) {
        Throwable cause = failure;
        while (cause != null) {
            if (cause instanceof ProducerFencedException || cause instanceof InvalidProducerEpochException) {
                return true;
            }
            cause = cause.getCause();
        }
        return false;
    }

    /** All that was written before this began is before it. */
    private long end() {
        return AdminAnswers.get(
                        admin.listOffsets(Map.of(PARTITION, OffsetSpec.latest()))
                                .partitionResult(PARTITION),
                        PATIENCE)
                .offset();
    }

    /** Returns the offset of the last record. */
    private static long write(Producer<byte[], byte[]> producer, List<AccessRecord> records) {
        producer.beginTransaction();
        Future<RecordMetadata> last = null;
        for (AccessRecord record : records) {
            last = producer.send(record(record));
        }
        producer.commitTransaction();
        return offset(requireNonNull(last));
    }

    private static ProducerRecord<byte[], byte[]> record(AccessRecord record) {
        return new ProducerRecord<>(
                LedgerTopics.ACCESS, 0, AccessRecordJson.key(record), AccessRecordJson.value(record));
    }

    private static long offset(Future<RecordMetadata> sent) {
        try {
            return sent.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS).offset();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof KafkaException cause ? cause : new KafkaException(e.getCause());
        } catch (TimeoutException e) {
            throw new org.apache.kafka.common.errors.TimeoutException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException(e);
        }
    }

    private Map<String, Object> producer() {
        Map<String, Object> settings = new HashMap<>(ClientDefaults.with(clientProperties));
        settings.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
        settings.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, PATIENCE.toMillis());
        settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, (int) PATIENCE.toMillis());
        return settings;
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(ThreadLocalRandom.current().nextInt(LONGEST_PAUSE_MILLIS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Keeps when a token was last used, some time later. What cannot be kept is only logged: nothing depends on it. */
    public void noteUse(String name, Instant at) {
        notes.execute(() -> {
            try {
                var unused =
                        uses.send(record(new AccessRecord.TokenUsed(name, at)), (sent, failure) -> useFailed(failure));
            } catch (KafkaException e) {
                useFailed(e);
            }
        });
    }

    private void useFailed(@Nullable Exception failure) {
        if (failure != null && useFailures.pass() != Throttle.HELD_BACK) {
            LOG.warn("Could not keep when a token was last used", failure);
        }
    }

    @Override
    public void close() {
        changes.shutdownNow();
        notes.shutdownNow();
        follower.close();
        uses.close(Duration.ofSeconds(1));
        admin.close(Duration.ZERO);
    }
}
