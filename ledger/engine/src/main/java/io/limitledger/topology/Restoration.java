package io.limitledger.topology;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.processor.StateRestoreListener;
import org.jspecify.annotations.Nullable;

/**
 * How far the live state of the partitions taken over has been read back from its changelog, and what keeps it from being
 * read: a changelog from which nothing comes any more, or a record that is damaged. Kafka Streams would wait, or try
 * again, for ever. Safe for use by many threads.
 */
public final class Restoration implements StateRestoreListener {
    /** Longer than brokers take to end the transaction of a ledger that was killed. */
    private static final long STALLED_NANOS = Duration.ofSeconds(30).toNanos();

    private static final String WAY_ON =
            ". Stop all ledgers; then 'limits restore' builds the live state from the events";

    /** As the consumer words it. */
    private static final Pattern DAMAGED = Pattern.compile("fetching the next record from (\\S+)-(\\d+)\\.");

    private final StateRestoreListener next;
    private final LongSupplier nanoTime;
    private final Map<TopicPartition, Reading> readings = new ConcurrentHashMap<>();
    private volatile @Nullable String damage;

    /**
     * One partition.
     *
     * @param records to be read
     * @param read of them
     * @param offset reached
     * @param end where it ends
     * @param sinceNanos when that was reached
     */
    private record Reading(long records, long read, long offset, long end, long sinceNanos) {}

    /** @param next is called with the same */
    Restoration(StateRestoreListener next) {
        this(next, System::nanoTime);
    }

    /** With a time of its own, for tests. */
    Restoration(StateRestoreListener next, LongSupplier nanoTime) {
        this.next = next;
        this.nanoTime = nanoTime;
    }

    /** Records that are to be read, of all partitions under way. */
    public long records() {
        return readings.values().stream().mapToLong(Reading::records).sum();
    }

    /** How many of them have been read. */
    public long read() {
        return readings.values().stream().mapToLong(Reading::read).sum();
    }

    /** A sentence if a failure is that of a record that cannot be read; null if it is another. */
    @Nullable
    String damageIn(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            Matcher matcher = DAMAGED.matcher(String.valueOf(cause.getMessage()));
            if (cause instanceof KafkaException && matcher.find()) {
                damage = "topic " + matcher.group(1) + ", partition " + matcher.group(2)
                        + ": expected to read every record, but one is damaged" + WAY_ON;
                return damage;
            }
        }
        return null;
    }

    /** The sentence about a record that cannot be read; null if all could be. */
    @Nullable
    String damage() {
        return damage;
    }

    /** What has not moved for long, one sentence each. */
    List<String> stalled() {
        long now = nanoTime.getAsLong();
        return readings.entrySet().stream()
                .filter(one -> now - one.getValue().sinceNanos() > STALLED_NANOS)
                .map(one -> describe(one.getKey(), one.getValue()))
                .sorted()
                .toList();
    }

    private static String describe(TopicPartition changelog, Reading reading) {
        return "topic " + changelog.topic() + ", partition " + changelog.partition()
                + ": expected to read the live state up to offset " + reading.end() + ", but for "
                + Duration.ofNanos(STALLED_NANOS).toSeconds() + " s nothing came behind offset " + reading.offset()
                + "; if Kafka answers otherwise, the topic is damaged, or a transaction in it has no end" + WAY_ON;
    }

    @Override
    public void onRestoreStart(TopicPartition changelog, String store, long start, long end) {
        readings.put(changelog, new Reading(end - start, 0, start, end, nanoTime.getAsLong()));
        next.onRestoreStart(changelog, store, start, end);
    }

    @Override
    public void onBatchRestored(TopicPartition changelog, String store, long batchEnd, long restored) {
        readings.computeIfPresent(
                changelog,
                (partition, before) -> new Reading(
                        before.records(), before.read() + restored, batchEnd, before.end(), nanoTime.getAsLong()));
        next.onBatchRestored(changelog, store, batchEnd, restored);
    }

    @Override
    public void onRestoreEnd(TopicPartition changelog, String store, long restored) {
        readings.remove(changelog);
        next.onRestoreEnd(changelog, store, restored);
    }

    @Override
    public void onRestoreSuspended(TopicPartition changelog, String store, long restored) {
        readings.remove(changelog);
        next.onRestoreSuspended(changelog, store, restored);
    }
}
