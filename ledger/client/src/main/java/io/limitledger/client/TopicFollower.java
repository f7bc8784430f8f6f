package io.limitledger.client;

import io.limitledger.timer.Throttle;
import io.limitledger.topics.ClientDefaults;
import io.limitledger.wire.PlainText;
import io.limitledger.wire.UnreadableRecordException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the records of a topic on a thread of its own, from a chosen start on, and tries again after each failure until it
 * is closed. Its partitions are assigned, not subscribed to: no rebalance can take them away. Each kind of log line is
 * written once a minute at most. Safe for use by many threads.
 */
public final class TopicFollower implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TopicFollower.class);
    private static final Duration POLL = Duration.ofMillis(500);

    /** A quarter of the requests of an idle process. It reads the same partitions all the time, so no other fetch waits for it. */
    private static final int LONGEST_FETCH_MILLIS = 2_000;

    private static final long RETRY_MILLIS = 200;
    private static final long CLOSE_MILLIS = 2_000;
    private static final Duration CLOSE_CONSUMER = Duration.ofSeconds(1);

    /** A long topic is read faster in large portions; Kafka's own default is 500. */
    private static final int RECORDS_PER_POLL = 5_000;

    private final Plan plan;
    private final Consumer<byte[], byte[]> consumer;
    private final Reader reader;
    private final Thread thread;
    private final Throttle failures = new Throttle();
    private final Throttle passedOver = new Throttle();
    private Map<TopicPartition, Long> ends = Map.of();
    private volatile CompletableFuture<Void> caughtUp = new CompletableFuture<>();
    private volatile boolean isFailing;
    private volatile boolean isClosed;

    /**
     * What is followed.
     *
     * @param what is read, to complete the sentence "Could not read ..."
     * @param isolation whether records of open and aborted transactions are read as well
     */
    public record Plan(String what, List<TopicPartition> partitions, Start start, IsolationLevel isolation) {
        /** All partitions of a topic. */
        public static Plan ofTopic(String what, String topic, int partitions, Start start, IsolationLevel isolation) {
            List<TopicPartition> all = IntStream.range(0, partitions)
                    .mapToObj(partition -> new TopicPartition(topic, partition))
                    .toList();
            return new Plan(what, all, start, isolation);
        }

        private String topic() {
            return partitions.get(0).topic();
        }
    }

    /**
     * Where reading begins in each partition, and goes on where records are gone before they were read.
     *
     * @param beforeEnd at most so many records before the end
     */
    public record Start(long beforeEnd) {
        /** With the records that come from now on; also after a gap, since nothing older is of use. */
        public static final Start END = new Start(0);

        /** With the first record. */
        public static final Start BEGINNING = new Start(Long.MAX_VALUE);

        private long offset(long beginning, long end) {
            return Math.max(beginning, end - beforeEnd);
        }

        private String afterGap() {
            return beforeEnd == 0 ? "latest" : "earliest";
        }
    }

    /** What is done with the records. All of it is called on the follower's thread. */
    @FunctionalInterface
    public interface Reader {
        /**
         * Reading begins, or begins anew after {@link #read} failed half-way: what was read before is read once more.
         *
         * @param offsets of the first record, by partition
         */
        default void begin(Map<Integer, Long> offsets) {}

        /** Reads what came, which may be nothing. */
        void read(ConsumerRecords<byte[], byte[]> records, TopicFollower follower);

        /** Reads each record by itself, and passes over those that cannot be read. */
        static Reader each(RecordReader reader) {
            return (records, follower) -> records.forEach(record -> {
                try {
                    reader.read(record);
                } catch (UnreadableRecordException | RuntimeException | StackOverflowError e) {
                    follower.passOver(record, String.valueOf(e.getMessage()));
                }
            });
        }
    }

    /** What is done with one record. */
    @FunctionalInterface
    public interface RecordReader {
        void read(ConsumerRecord<byte[], byte[]> record) throws UnreadableRecordException;
    }

    TopicFollower(Plan plan, Consumer<byte[], byte[]> consumer, Reader reader) {
        this.plan = plan;
        this.consumer = consumer;
        this.reader = reader;
        this.thread = new Thread(this::run, "follower of " + plan.what());
        thread.setDaemon(true);
    }

    /** Starts in the background. The topic may be created later. */
    public static TopicFollower start(Map<String, Object> clientProperties, Plan plan, Reader reader) {
        Map<String, Object> settings = ClientDefaults.ofReader(clientProperties, plan.isolation());
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, plan.start().afterGap());
        settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, RECORDS_PER_POLL);
        settings.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, LONGEST_FETCH_MILLIS);
        return new TopicFollower(plan, new KafkaConsumer<>(settings), reader).start();
    }

    TopicFollower start() {
        thread.start();
        return this;
    }

    /** Completes when all has been read that there was at the beginning. Each time reading begins anew, there is another. */
    public CompletableFuture<Void> caughtUp() {
        return caughtUp;
    }

    /** Whether all has been read that there was at the beginning, and the last attempt to read did not fail. */
    public boolean isUpToDate() {
        return caughtUp.isDone() && !isFailing && thread.isAlive();
    }

    /** For the reader: the offset of the next record of a partition. */
    public long position(int partition) {
        return consumer.position(new TopicPartition(plan.topic(), partition));
    }

    /** For the reader: a record is not what the topic holds, and is ignored. */
    public void passOver(ConsumerRecord<?, ?> record, String why) {
        long held = passedOver.pass();
        if (held != Throttle.HELD_BACK) {
            LOG.warn(
                    "Passed over a record of {}, partition {}, offset {}, which a ledger did not write"
                            + " ({} more since the last such line): {}",
                    record.topic(),
                    record.partition(),
                    record.offset(),
                    held,
                    PlainText.of(why));
        }
    }

    private void run() {
        try {
            boolean isBegun = false;
            while (!isClosed) {
                isBegun = attempt(isBegun);
            }
        } finally {
            consumer.close(CloseOptions.timeout(CLOSE_CONSUMER));
        }
    }

    /** Begins if that is still to be done, and reads; returns whether it has begun. */
    private boolean attempt(boolean isBegun) {
        boolean hasBegun = isBegun;
        try {
            hasBegun = isBegun || begin();
            if (hasBegun) {
                read();
            } else {
                pause();
            }
            isFailing = false;
        } catch (WakeupException e) {
            LOG.debug("Woken up to close");
        } catch (KafkaException e) {
            failed(e);
            pause();
        } catch (RuntimeException | StackOverflowError e) {
            // It may have stopped half-way.
            hasBegun = false;
            caughtUp = caughtUp.isDone() ? new CompletableFuture<>() : caughtUp;
            failed(e);
            pause();
        }
        return hasBegun;
    }

    /** Returns false if the topic does not exist yet. */
    private boolean begin() {
        if (!exists()) {
            return false;
        }
        Map<TopicPartition, Long> beginnings = consumer.beginningOffsets(plan.partitions());
        ends = consumer.endOffsets(plan.partitions());
        consumer.assign(plan.partitions());
        Map<Integer, Long> offsets = new HashMap<>();
        for (TopicPartition partition : plan.partitions()) {
            long offset = plan.start().offset(beginnings.getOrDefault(partition, 0L), ends.getOrDefault(partition, 0L));
            consumer.seek(partition, offset);
            offsets.put(partition.partition(), offset);
        }
        reader.begin(offsets);
        noteEnd();
        return true;
    }

    private boolean exists() {
        List<PartitionInfo> found = consumer.partitionsFor(plan.topic());
        return found != null && plan.partitions().stream().allMatch(partition -> partition.partition() < found.size());
    }

    private void read() {
        reader.read(consumer.poll(POLL), this);
        noteEnd();
    }

    private void noteEnd() {
        if (!caughtUp.isDone()
                && ends.entrySet().stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue())) {
            caughtUp.complete(null);
        }
    }

    private void failed(Throwable failure) {
        isFailing = true;
        long held = failures.pass();
        if (held != Throttle.HELD_BACK) {
            LOG.warn("Could not read {}; trying again ({} more since the last such line)", plan.what(), held, failure);
        }
    }

    private void pause() {
        try {
            Thread.sleep(RETRY_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            isClosed = true;
        }
    }

    /** Waits up to two seconds for what the reader is doing. */
    @Override
    public void close() {
        isClosed = true;
        consumer.wakeup();
        try {
            thread.join(CLOSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
