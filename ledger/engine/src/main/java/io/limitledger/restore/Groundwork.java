package io.limitledger.restore;

import io.limitledger.topics.AdminAnswers;
import io.limitledger.topics.ClientDefaults;
import io.limitledger.topics.LedgerTopics;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.AbortTransactionSpec;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListTransactionsOptions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.ProducerState;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.admin.TransactionState;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** What must be so before a state can be read and written: no ledger runs, no transaction is open, the changelog exists. */
final class Groundwork implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    /** Members of a group that were killed are counted until their session is over. */
    private static final Duration UNTIL_THE_GROUP_IS_EMPTY = Duration.ofSeconds(30);

    /** By then a broker has ended what has timed out; what is still open has no owner that could end it. */
    private static final Duration UNTIL_TRANSACTIONS_END = Duration.ofSeconds(12);

    private static final Set<TransactionState> ENDED =
            EnumSet.of(TransactionState.EMPTY, TransactionState.COMPLETE_COMMIT, TransactionState.COMPLETE_ABORT);

    private static final long LOOK_AGAIN_MILLIS = 100;

    private final Admin admin;

    Groundwork(Map<String, Object> clientProperties) {
        this.admin = Admin.create(ClientDefaults.with(clientProperties));
    }

    Admin admin() {
        return admin;
    }

    void requireNoLedger() {
        if (!await(UNTIL_THE_GROUP_IS_EMPTY, () -> members() == 0)) {
            throw new RestoreException("Expected no ledger to run, but " + members() + " of group " + LedgerTopics.GROUP
                    + " do. Stop all ledgers first");
        }
    }

    private int members() {
        try {
            return get(admin.describeConsumerGroups(List.of(LedgerTopics.GROUP)).all()).values().stream()
                    .mapToInt(found -> found.members().size())
                    .sum();
        } catch (GroupIdNotFoundException e) {
            return 0;
        }
    }

    /** Makes the changelog as Kafka Streams would, if it does not exist. */
    void makeChangelog(int partitions) {
        try {
            get(admin.describeTopics(List.of(LedgerTopics.CHANGELOG)).allTopicNames());
        } catch (UnknownTopicOrPartitionException e) {
            NewTopic changelog = new NewTopic(LedgerTopics.CHANGELOG, Optional.of(partitions), Optional.empty())
                    .configs(Map.of("cleanup.policy", "compact", "message.timestamp.type", "CreateTime"));
            get(admin.createTopics(List.of(changelog)).all());
            await(PATIENCE, this::hasChangelog);
        }
    }

    private boolean hasChangelog() {
        try {
            get(admin.describeTopics(List.of(LedgerTopics.CHANGELOG)).allTopicNames());
            end(new TopicPartition(LedgerTopics.CHANGELOG, 0), IsolationLevel.READ_UNCOMMITTED);
            return true;
        } catch (KafkaException e) {
            return false;
        }
    }

    /** For a changelog that cannot be read: nothing of it is of use. */
    void makeChangelogAnew(int partitions) {
        get(admin.deleteTopics(List.of(LedgerTopics.CHANGELOG)).all());
        await(PATIENCE, () -> !hasChangelog());
        makeChangelog(partitions);
    }

    /**
     * Ends transactions that no one else ends: what was cut off behind their beginning has taken their end along, and
     * readers would wait for it for ever. What their coordinator still knows as open it ends itself.
     */
    void endTransactions(int partition) {
        for (String topic : List.of(LedgerTopics.CHANGELOG, LedgerTopics.EVENTS, LedgerTopics.COMMANDS)) {
            TopicPartition one = new TopicPartition(topic, partition);
            if (!isSettled(one)) {
                await(UNTIL_TRANSACTIONS_END, () -> isSettled(one) || !isOpenForItsCoordinator(one));
                open(one).forEach(producer -> abort(one, producer));
                await(PATIENCE, () -> isSettled(one));
            }
        }
    }

    private boolean isSettled(TopicPartition partition) {
        return end(partition, IsolationLevel.READ_COMMITTED) == end(partition, IsolationLevel.READ_UNCOMMITTED);
    }

    private long end(TopicPartition partition, IsolationLevel level) {
        return get(admin.listOffsets(Map.of(partition, OffsetSpec.latest()), new ListOffsetsOptions(level))
                        .partitionResult(partition))
                .offset();
    }

    private boolean isOpenForItsCoordinator(TopicPartition partition) {
        Set<Long> producers =
                open(partition).stream().map(ProducerState::producerId).collect(Collectors.toSet());
        // Asked about no producer, brokers answer about all of them.
        return !producers.isEmpty()
                && get(admin.listTransactions(new ListTransactionsOptions().filterProducerIds(producers))
                                .all())
                        .stream()
                        .anyMatch(one -> !ENDED.contains(one.state()));
    }

    private List<ProducerState> open(TopicPartition partition) {
        return get(admin.describeProducers(List.of(partition)).partitionResult(partition)).activeProducers().stream()
                .filter(producer -> producer.currentTransactionStartOffset().isPresent())
                .toList();
    }

    private void abort(TopicPartition partition, ProducerState producer) {
        get(admin.abortTransaction(new AbortTransactionSpec(
                        partition,
                        producer.producerId(),
                        (short) producer.producerEpoch(),
                        producer.coordinatorEpoch().orElse(0)))
                .all());
    }

    void removeCommandsBefore(int partition, long offset) {
        TopicPartition commands = new TopicPartition(LedgerTopics.COMMANDS, partition);
        get(admin.deleteRecords(Map.of(commands, RecordsToDelete.beforeOffset(offset)))
                .all());
    }

    private static boolean await(Duration patience, BooleanSupplier isSo) {
        long sinceNanos = System.nanoTime();
        while (!isSo.getAsBoolean()) {
            if (System.nanoTime() - sinceNanos > patience.toNanos()) {
                return false;
            }
            try {
                TimeUnit.MILLISECONDS.sleep(LOOK_AGAIN_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new RestoreException("The restore was interrupted", e);
            }
        }
        return true;
    }

    private static <T> T get(KafkaFuture<T> answer) {
        return AdminAnswers.get(answer, PATIENCE);
    }

    @Override
    public void close() {
        admin.close(Duration.ZERO);
    }
}
