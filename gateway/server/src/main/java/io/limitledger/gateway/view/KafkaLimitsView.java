package io.limitledger.gateway.view;

import io.limitledger.client.TopicFollower;
import io.limitledger.client.TopicFollower.Plan;
import io.limitledger.client.TopicFollower.Start;
import io.limitledger.client.UnknownOutcomeException;
import io.limitledger.core.state.KeyUse;
import io.limitledger.core.state.Lease;
import io.limitledger.core.state.Limit;
import io.limitledger.core.state.Move;
import io.limitledger.core.state.Waiter;
import io.limitledger.topics.LedgerTopics;
import io.limitledger.wire.ReplyRecord;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.IsolationLevel;
import org.jspecify.annotations.Nullable;

/**
 * The live state, read from the changelog of the ledger's store: complete, compacted, and bounded by what is live. It is
 * read before the commit, which is as safe as an early reply: after a crash the same records are written again.
 */
public final class KafkaLimitsView implements LimitsView, AutoCloseable {
    private static final Duration LONGEST_START = Duration.ofSeconds(10);

    private final ViewState state;
    private final ViewPosition position;
    private final TopicFollower changelog;

    private KafkaLimitsView(Map<String, Object> clientProperties, int partitions) {
        this.state = new ViewState(partitions);
        this.position = new ViewPosition(partitions);
        // As early as the replies, so that no one waits for a commit to see what was answered.
        Plan plan = Plan.ofTopic(
                "the changelog", LedgerTopics.CHANGELOG, partitions, Start.BEGINNING, IsolationLevel.READ_UNCOMMITTED);
        this.changelog = TopicFollower.start(clientProperties, plan, new ChangelogReader(state, position));
    }

    /** Starts in the background; {@link #isReady()} says when it has seen all that there was. */
    public static KafkaLimitsView start(Map<String, Object> clientProperties, int partitions) {
        return new KafkaLimitsView(clientProperties, partitions);
    }

    public boolean isReady() {
        return changelog.isUpToDate();
    }

    @Override
    public CompletableFuture<Void> caughtUp() {
        return changelog.caughtUp().isDone()
                ? position.caughtUp()
                : begun().thenCompose(nothing -> position.caughtUp());
    }

    @Override
    public CompletableFuture<Void> definitionsCaughtUp() {
        return changelog.caughtUp().isDone()
                ? position.definitionsCaughtUp()
                : begun().thenCompose(nothing -> position.definitionsCaughtUp());
    }

    /** What is not read yet is not missing: until everything from the start is read, no limit is reported as missing. */
    private CompletableFuture<Void> begun() {
        return changelog
                .caughtUp()
                .copy()
                .orTimeout(LONGEST_START.toSeconds(), TimeUnit.SECONDS)
                .exceptionallyCompose(failure -> CompletableFuture.failedFuture(
                        new UnknownOutcomeException("Expected the live state to be read within "
                                + LONGEST_START.toSeconds() + " s, but it is not; try again later")));
    }

    @Override
    public void answered(ReplyRecord answer) {
        position.answered(answer);
    }

    @Override
    public void onLeaseEnds(LeaseEndListener listener) {
        state.onLeaseEnds(listener);
    }

    @Override
    public @Nullable Limit limit(String name) {
        return state.read(() -> shown(state.records().limit(name)));
    }

    @Override
    public @Nullable Limit limit(UUID limitId) {
        return state.read(() -> {
            String name = state.nameOf(limitId);
            return name == null ? null : shown(state.records().limit(name));
        });
    }

    @Override
    public List<Limit> limits(String prefix, @Nullable String afterName, int size) {
        boolean startsAtPrefix = afterName == null || afterName.compareTo(prefix) < 0;
        return state.read(() ->
                state.records().limits().tailMap(startsAtPrefix ? prefix : afterName, startsAtPrefix).values().stream()
                        .takeWhile(limit -> limit.name().startsWith(prefix))
                        .filter(KafkaLimitsView::isThere)
                        .limit(size)
                        .map(this::shown)
                        .toList());
    }

    /** With its times by the broker's clock. */
    private @Nullable Limit shown(@Nullable Limit limit) {
        return limit == null ? null : limit.laterBy(-state.aheadMillis(limit.name()));
    }

    private @Nullable Lease shown(@Nullable Lease lease) {
        return lease == null ? null : lease.laterBy(-state.aheadMillis(lease.limit()));
    }

    /** A limit that has not wholly arrived under a new name is still shown under the old one. */
    private static boolean isThere(Limit limit) {
        Move move = limit.move();
        return move == null || move.direction() == Move.Direction.LEAVING;
    }

    @Override
    public @Nullable Lease lease(UUID leaseId) {
        return state.read(() -> {
            String limit = state.index().limitOf(leaseId);
            return limit == null ? null : shown(state.index().lease(limit, leaseId));
        });
    }

    @Override
    public List<Lease> leases(String limit, @Nullable LeaseCursor after, int size) {
        return state.read(() -> {
            long aheadMillis = state.aheadMillis(limit);
            List<Lease> leases = after == null
                    ? state.index().leases(limit, size)
                    : state.index().leasesAfter(limit, recorded(after, aheadMillis), after.leaseId(), size);
            return leases.stream().map(lease -> lease.laterBy(-aheadMillis)).toList();
        });
    }

    /** By the partition's time. Any number may come in a cursor, so the sum must not overflow. */
    private static long recorded(LeaseCursor after, long aheadMillis) {
        return Math.min(after.expiresAt(), Long.MAX_VALUE - aheadMillis) + aheadMillis;
    }

    @Override
    public List<Waiter> waiters(String limit, long afterPlace, int size) {
        return state.read(() -> state.index().waitersAfter(limit, afterPlace, size).stream()
                .map(waiter -> waiter.laterBy(-state.aheadMillis(limit)))
                .toList());
    }

    @Override
    public boolean isServedInOrderOfArrival(String limit) {
        return state.read(() -> {
            Limit known = state.records().limit(limit);
            boolean isKeyed = known != null && known.definition().isKeyed();
            // Where keys have no say, all wait in one group as soon as a head start is among them.
            return !isKeyed && state.index().waitingInGroup(limit, KeyUse.WITHOUT_KEY) == 0;
        });
    }

    @Override
    public KeyInView key(String limit, String key) {
        return state.read(() -> shown(limit, state.keys().key(limit, key)));
    }

    @Override
    public List<KeyInView> keys(String limit, KeyInView.Order order, KeyInView.@Nullable Position after, int size) {
        return state.read(() -> state.keys().list(limit, order, after, size).stream()
                .map(key -> shown(limit, key))
                .toList());
    }

    @Override
    public long keys(String limit) {
        return state.read(() -> state.keys().count(limit));
    }

    private KeyInView shown(String name, KeyInView key) {
        Limit limit = state.records().limit(name);
        return limit == null ? key : key.laterBy(-state.aheadMillis(name), limit);
    }

    @Override
    public @Nullable String limitOf(UUID leaseId) {
        return state.read(() -> state.index().limitOf(leaseId));
    }

    @Override
    public @Nullable Lease lease(String limit, UUID leaseId) {
        return state.read(() -> shown(state.index().lease(limit, leaseId)));
    }

    @Override
    public List<String> limitsOf(UUID leaseId) {
        return state.read(() -> state.index().limitsOf(leaseId));
    }

    @Override
    public void close() {
        changelog.close();
    }
}
