package io.limitledger.holder;

import com.fasterxml.jackson.databind.node.TextNode;
import io.limitledger.client.Asking;
import io.limitledger.client.ClientSettings;
import io.limitledger.client.Confirming;
import io.limitledger.client.LedgerClient;
import io.limitledger.client.RetryWhileRenamed;
import io.limitledger.core.reply.Cancelled;
import io.limitledger.core.reply.Charged;
import io.limitledger.core.reply.Checked;
import io.limitledger.core.reply.Denied;
import io.limitledger.core.reply.Granted;
import io.limitledger.core.reply.Refused;
import io.limitledger.core.reply.Renewed;
import io.limitledger.core.reply.Reply;
import io.limitledger.core.state.Holder;
import io.limitledger.core.state.Lease;
import io.limitledger.core.state.Terms;
import io.limitledger.lease.Acquisition;
import io.limitledger.lease.KnownLeases;
import io.limitledger.lease.Leases;
import io.limitledger.lease.Outcome;
import io.limitledger.timer.Timer;
import io.limitledger.topics.PartitionCounts;
import io.limitledger.topics.TopicSetupException;
import io.limitledger.topics.TopicsSetup;
import io.limitledger.wire.LeaseIds;
import io.limitledger.wire.Words;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Asks the ledger through Kafka, without a gateway. */
final class KafkaTransport implements Transport {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
    private static final long LOOK_AGAIN_NANOS = Duration.ofMillis(5).toNanos();

    /** When a limit has too many leases or waiters: how soon that changes is not known. */
    private static final Duration CROWDED_RETRY = Duration.ofSeconds(5);

    private final Leases leases;
    private final Runnable closeClient;

    KafkaTransport(Asking confirming, Timer timer, Runnable closeClient) {
        this.leases = new Leases(new RetryWhileRenamed(confirming, timer), KnownLeases.NONE, timer);
        this.closeClient = closeClient;
    }

    static KafkaTransport connect(Map<String, ?> clientProperties, Timer timer) {
        Map<String, Object> properties = new HashMap<>(clientProperties);
        PartitionCounts partitions = find(properties);
        LedgerClient client = LedgerClient.start(ClientSettings.of(properties, partitions));
        awaitReady(client);
        return new KafkaTransport(Confirming.over(client), timer, client::close);
    }

    private static PartitionCounts find(Map<String, Object> properties) {
        try {
            return TopicsSetup.find(properties, CONNECT_TIMEOUT);
        } catch (TopicSetupException e) {
            throw new LedgerUnreachableException(String.valueOf(e.getMessage()), e);
        }
    }

    /** An answer that comes before would be missed. */
    private static void awaitReady(LedgerClient client) {
        long deadlineNanos = System.nanoTime() + CONNECT_TIMEOUT.toNanos();
        while (!client.isReady()) {
            if (System.nanoTime() > deadlineNanos || Thread.currentThread().isInterrupted()) {
                client.close();
                throw new LedgerUnreachableException(
                        "The end of the ledger's replies was not found within " + CONNECT_TIMEOUT.toSeconds() + " s",
                        null);
            }
            LockSupport.parkNanos(LOOK_AGAIN_NANOS);
        }
    }

    @Override
    public CompletableFuture<TransportOutcome> acquire(AcquireRequest request, UUID leaseId, long waitMillis) {
        return leases.acquire(acquisition(request, leaseId, waitMillis)).thenApply(KafkaTransport::acquired);
    }

    private static TransportOutcome acquired(Outcome outcome) {
        return outcome.isHeld()
                ? new TransportOutcome.Held(
                        outcome.leases().stream().map(KafkaTransport::part).toList())
                : outcome(outcome.reply());
    }

    private static TransportOutcome.Part part(Lease lease) {
        return new TransportOutcome.Part(lease.limit(), lease.slots(), Objects.requireNonNullElse(lease.fence(), 0L));
    }

    private static Acquisition acquisition(AcquireRequest request, UUID leaseId, long waitMillis) {
        List<Acquisition.Part> parts = request.parts().stream()
                .map(part -> new Acquisition.Part(part.limit(), part.slots(), terms(request.terms(), part)))
                .toList();
        return new Acquisition(parts, request.leaseMillis(), waitMillis, holder(request), leaseId);
    }

    private static Terms terms(AcquireRequest.Terms terms, AcquireRequest.Part part) {
        return new Terms(
                part.key(),
                terms.priority(),
                terms.isUpTo() ? Long.valueOf(part.slots()) : null,
                terms.isRefunded() ? Terms.OnExpiry.REFUND : Terms.OnExpiry.CHARGE);
    }

    @Override
    public CompletableFuture<TransportOutcome> check(AcquireRequest request) {
        UUID leaseId = LeaseIds.newFor(request.firstLimit());
        return leases.check(acquisition(request, leaseId, 0)).thenApply(outcome -> outcome(outcome.reply()));
    }

    /** A limit may have another name by now; of several it must be said which is meant. */
    @Override
    public CompletableFuture<TransportOutcome> settle(AcquireRequest request, UUID leaseId, Map<String, Long> used) {
        boolean isOne = request.parts().size() == 1;
        return (isOne
                        ? leases.settle(leaseId, Objects.requireNonNull(used.get(request.firstLimit())))
                        : leases.settle(leaseId, used))
                .thenApply(outcome -> outcome(outcome.reply()));
    }

    private static @Nullable Holder holder(AcquireRequest request) {
        return request.holder() == null
                ? null
                : new Holder(TextNode.valueOf(request.holder()).toString());
    }

    @Override
    public CompletableFuture<TransportOutcome> renew(AcquireRequest request, UUID leaseId) {
        return leases.renew(leaseId, request.leaseMillis(), null, request.firstLimit())
                .thenApply(outcome -> outcome(outcome.reply()));
    }

    /** The client answers when the slots may be used, not before. */
    private static TransportOutcome outcome(Reply reply) {
        if (reply instanceof Granted || reply instanceof Renewed || reply instanceof Charged) {
            return new TransportOutcome.Held();
        }
        if (reply instanceof Checked checked) {
            return checked.denial() == null ? new TransportOutcome.Held() : notFree(checked.denial());
        }
        if (reply instanceof Denied denied) {
            return notFree(denied);
        }
        if (reply instanceof Cancelled cancelled) {
            return new TransportOutcome.Refused(cancelled.message());
        }
        if (reply instanceof Refused refused) {
            return switch (refused.reason()) {
                case TOO_MANY_LEASES, TOO_MANY_WAITERS, TOO_MANY_KEYS ->
                    new TransportOutcome.NotFree(refused.message(), CROWDED_RETRY);
                case LEASE_GONE -> new TransportOutcome.Gone(refused.message());
                case LIMIT_MOVING -> throw unexpected(refused);
                default -> new TransportOutcome.Refused(refused.message());
            };
        }
        throw unexpected(reply);
    }

    private static TransportOutcome notFree(Denied denied) {
        return new TransportOutcome.NotFree(
                denied.message(), Duration.ofMillis(denied.retryAfterMillis()), Words.of(denied.reason()));
    }

    private static IllegalStateException unexpected(Reply reply) {
        return new IllegalStateException("Expected the outcome, but got " + reply);
    }

    @Override
    public CompletableFuture<Void> release(AcquireRequest request, UUID leaseId, Map<String, Long> used) {
        return leases.end(leaseId, request.limits(), used);
    }

    /** A limit has one partition. */
    @Override
    public boolean keepsOrder() {
        return true;
    }

    @Override
    public void close() {
        closeClient.run();
    }
}
