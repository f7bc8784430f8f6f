package io.limitledger.topology;

import io.limitledger.topics.LedgerTopics;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeProducersResult.PartitionProducerState;
import org.apache.kafka.clients.admin.ListTransactionsOptions;
import org.apache.kafka.clients.admin.ProducerState;
import org.apache.kafka.clients.admin.TransactionListing;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.processor.StateRestoreListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends the transactions that the former owner of a partition left open when it was killed. The new owner can read its
 * state only up to there, until the broker looks for transactions that have timed out: every 10 s unless told otherwise.
 *
 * <p>Nobody but the new owner may write to the partition any more. What was in the transaction is decided again, the same
 * way. Should the ending fail, the broker's own remains.
 */
final class OrphanedTransactions implements StateRestoreListener {
    private static final Logger LOG = LoggerFactory.getLogger(OrphanedTransactions.class);

    private final Admin admin;

    OrphanedTransactions(Admin admin) {
        this.admin = admin;
    }

    /** @param end where the changelog ended when the partition was taken over: what begins later is nobody's orphan */
    @Override
    public void onRestoreStart(TopicPartition changelog, String store, long start, long end) {
        var unused = admin.describeProducers(List.of(changelog))
                .partitionResult(changelog)
                .toCompletionStage()
                .thenCompose(found -> endThoseOf(producersOpenBefore(end, found)))
                .exceptionally(failure -> {
                    LOG.warn("Expected to end what was left open in {}, but {}", changelog, failure.getMessage());
                    return null;
                });
    }

    private static Set<Long> producersOpenBefore(long end, PartitionProducerState found) {
        return found.activeProducers().stream()
                .filter(producer -> producer.currentTransactionStartOffset().orElse(end) < end)
                .map(ProducerState::producerId)
                .collect(Collectors.toSet());
    }

    private CompletionStage<Void> endThoseOf(Set<Long> producerIds) {
        // Asked about no producer, brokers tell about all of them.
        if (producerIds.isEmpty()) {
            return CompletableFuture.completedStage(null);
        }
        return admin.listTransactions(new ListTransactionsOptions().filterProducerIds(producerIds))
                .all()
                .toCompletionStage()
                .thenCompose(this::end);
    }

    private CompletionStage<Void> end(Collection<TransactionListing> orphans) {
        List<String> ids = orphans.stream()
                .map(TransactionListing::transactionalId)
                .filter(OrphanedTransactions::isOfALedger)
                .toList();
        if (ids.isEmpty()) {
            return CompletableFuture.completedStage(null);
        }
        LOG.info("Ends what was left open by {}", ids);
        return admin.fenceProducers(ids).all().toCompletionStage();
    }

    /** By its id, which Streams makes from the application id. Nobody else should write there; if so, it is not ours to end. */
    private static boolean isOfALedger(String transactionalId) {
        return transactionalId.startsWith(LedgerTopics.GROUP + "-");
    }

    @Override
    public void onBatchRestored(TopicPartition changelog, String store, long end, long restored) {
        // Only the beginning matters.
    }

    @Override
    public void onRestoreEnd(TopicPartition changelog, String store, long restored) {
        // Only the beginning matters.
    }
}
