package io.limitledger.holder;

import com.fasterxml.jackson.databind.node.TextNode;
import io.limitledger.client.Answer;
import io.limitledger.client.ClientSettings;
import io.limitledger.client.CommandSender;
import io.limitledger.client.LedgerClient;
import io.limitledger.client.TakeUp;
import io.limitledger.core.command.AcquireLease;
import io.limitledger.core.command.LimitCommand;
import io.limitledger.core.command.ReleaseLease;
import io.limitledger.core.command.RenewLease;
import io.limitledger.core.reply.Cancelled;
import io.limitledger.core.reply.Denied;
import io.limitledger.core.reply.Granted;
import io.limitledger.core.reply.Refused;
import io.limitledger.core.reply.Released;
import io.limitledger.core.reply.Renewed;
import io.limitledger.core.reply.Reply;
import io.limitledger.core.state.Holder;
import io.limitledger.topics.PartitionCounts;
import io.limitledger.topics.TopicSetupException;
import io.limitledger.topics.TopicsSetup;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Asks the ledger through Kafka, without a gateway. One limit at a time: several are put together by a gateway. */
final class KafkaTransport implements Transport {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
    private static final long LOOK_AGAIN_NANOS = Duration.ofMillis(5).toNanos();

    /** When a limit has too many leases or waiters: how soon that changes is not known. */
    private static final Duration CROWDED_RETRY = Duration.ofSeconds(5);

    private final CommandSender client;
    private final Runnable closeClient;
    private final TakeUp takeUp;

    KafkaTransport(CommandSender client, Runnable closeClient) {
        this.client = client;
        this.closeClient = closeClient;
        this.takeUp = new TakeUp(client);
    }

    static KafkaTransport connect(Map<String, ?> clientProperties) {
        Map<String, Object> properties = new HashMap<>(clientProperties);
        PartitionCounts partitions = find(properties);
        LedgerClient client = LedgerClient.start(ClientSettings.of(properties, partitions));
        awaitReady(client);
        return new KafkaTransport(client, client::close);
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
                        "Expected to find the end of the ledger's replies within " + CONNECT_TIMEOUT.toSeconds()
                                + " s, but did not",
                        null);
            }
            LockSupport.parkNanos(LOOK_AGAIN_NANOS);
        }
    }

    @Override
    public CompletableFuture<Outcome> acquire(AcquireRequest request, UUID leaseId, long waitMillis) {
        if (request.limits().size() > 1) {
            return CompletableFuture.completedFuture(new Outcome.Refused("Expected one limit, but got "
                    + request.limitsInWords() + "; several limits at once are acquired over HTTP"));
        }
        AcquireLease acquire = new AcquireLease(
                request.firstLimit(),
                leaseId,
                request.slots(),
                request.leaseMillis(),
                waitMillis,
                holder(request),
                List.of());
        return takeUp.send(acquire).thenApply(answer -> ofAcquire(answer.reply()));
    }

    private static @Nullable Holder holder(AcquireRequest request) {
        return request.holder() == null
                ? null
                : new Holder(TextNode.valueOf(request.holder()).toString());
    }

    private static Outcome ofAcquire(Reply reply) {
        if (reply instanceof Granted) {
            // The client answers when the slots may be used, not before.
            return new Outcome.Held();
        }
        if (reply instanceof Denied denied) {
            return new Outcome.NotFree(message(denied), Duration.ofMillis(denied.retryAfterMillis()));
        }
        if (reply instanceof Cancelled cancelled) {
            return new Outcome.Refused(
                    "Expected to wait for slots, but lease id " + cancelled.leaseId() + " was released");
        }
        if (reply instanceof Refused refused) {
            return ofRefused(refused);
        }
        throw unexpected(reply);
    }

    private static String message(Denied denied) {
        String limit = "limit '" + denied.limit() + "'";
        return switch (denied.reason()) {
            case PAUSED -> "Expected to acquire slots of " + limit + ", but it is paused: its limit is 0";
            case FULL -> "Expected free slots on " + limit + ", but they are occupied, or others wait for them";
            case TIMED_OUT -> "Expected free slots on " + limit + " before the end of the wait, but none came free";
        };
    }

    private static Outcome ofRefused(Refused refused) {
        return switch (refused.reason()) {
            case TOO_MANY_LEASES, TOO_MANY_WAITERS -> new Outcome.NotFree(refused.message(), CROWDED_RETRY);
            case LEASE_GONE -> new Outcome.Gone(refused.message());
            case LIMIT_MOVING -> throw unexpected(refused);
            default -> new Outcome.Refused(refused.message());
        };
    }

    @Override
    public CompletableFuture<Outcome> renew(AcquireRequest request, UUID leaseId) {
        RenewLease renew = new RenewLease(null, leaseId, request.leaseMillis(), null);
        return client.send(renew, leaseId)
                .thenCompose(answer -> isGone(answer) ? others(renew, answer, other -> !isGone(other)) : now(answer))
                .thenApply(answer -> ofRenew(answer.reply()));
    }

    private static boolean isGone(Answer answer) {
        return answer.reply() instanceof Refused refused && refused.reason() == Refused.Reason.LEASE_GONE;
    }

    private static Outcome ofRenew(Reply reply) {
        if (reply instanceof Renewed) {
            return new Outcome.Held();
        }
        if (reply instanceof Refused refused && refused.reason() == Refused.Reason.LEASE_GONE) {
            return new Outcome.Gone(refused.message());
        }
        throw unexpected(reply);
    }

    /**
     * By the id alone, since its limit may have another name by now, and another limit that name. Where it is not found,
     * by the limit's name as well, so that an acquire which comes later takes nothing either.
     */
    @Override
    public CompletableFuture<Void> release(AcquireRequest request, UUID leaseId) {
        ReleaseLease release = new ReleaseLease(null, leaseId);
        ReleaseLease named = new ReleaseLease(request.firstLimit(), leaseId);
        return client.send(release, leaseId)
                .thenCompose(answer -> answer.changed()
                        ? now(answer)
                        : client.send(named).thenCompose(first -> others(release, first, other -> !isReleased(other))))
                .thenAccept(KafkaTransport::requireReleased);
    }

    private static boolean isReleased(Answer answer) {
        return answer.reply() instanceof Released;
    }

    /** Between two names a limit releases nothing. */
    private static void requireReleased(Answer answer) {
        if (!isReleased(answer)) {
            throw unexpected(answer.reply());
        }
    }

    /**
     * Asks all partitions: the limit may have been renamed, and its leases are where it is now. A partition that does not
     * know the id changes nothing. Returns the answer of the one that does, if there is one.
     */
    private CompletableFuture<Answer> others(LimitCommand command, Answer first, Predicate<Answer> isFound) {
        return IntStream.range(0, client.commandPartitions())
                .mapToObj(partition -> client.send(command, partition))
                .reduce(now(first), (one, other) -> one.thenCombine(other, (a, b) -> isFound.test(b) ? b : a));
    }

    private static CompletableFuture<Answer> now(Answer answer) {
        return CompletableFuture.completedFuture(answer);
    }

    private static IllegalStateException unexpected(Reply reply) {
        return new IllegalStateException("Expected the outcome, but got " + reply);
    }

    @Override
    public void close() {
        closeClient.run();
    }
}
