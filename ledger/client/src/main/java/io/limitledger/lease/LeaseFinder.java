package io.limitledger.lease;

import io.limitledger.client.Asking;
import io.limitledger.core.command.CancelAcquire;
import io.limitledger.core.command.InvalidField;
import io.limitledger.core.command.LimitCommand;
import io.limitledger.core.command.RenewLease;
import io.limitledger.core.command.SettleLease;
import io.limitledger.core.reply.Charged;
import io.limitledger.core.reply.Granted;
import io.limitledger.core.reply.Refused;
import io.limitledger.core.reply.Renewed;
import io.limitledger.core.reply.Reply;
import io.limitledger.core.state.Holder;
import io.limitledger.core.state.Lease;
import io.limitledger.timer.Timer;
import io.limitledger.wire.LeaseIds;
import io.limitledger.wire.ReplyRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Renews, settles and releases leases from their ids alone, whichever gateway granted them. In this order:
 *
 * <ol>
 *   <li>the limits that are {@linkplain KnownLeases known} for the id;
 *   <li>the partition that is encoded in the id, which is right for each id that a gateway made;
 *   <li>all other partitions, for ids that clients made, as long as they are not known.
 * </ol>
 *
 * <p>A limit may have been renamed meanwhile, and its leases with it. So a lease on one limit that is gone there is looked
 * for as if it had not been known; and one that is gone on some of its limits only is not given up before the new names
 * could become known.
 *
 * <p>One limit that is found names the others of the lease. Asking a partition in vain does no harm: without the name of
 * a limit, a command for an unknown id changes nothing. For the same reason a release does not stop an acquire that the
 * ledger has not seen yet, unless both take the same partition, which keeps them in order.
 */
final class LeaseFinder {
    /** Longer than what is known ever lags while the ledger is well. */
    static final long LONGEST_LAG_MILLIS = 1_000;

    private static final long LOOK_AGAIN_MILLIS = 20;

    private final Asking ledger;
    private final KnownLeases known;
    private final Timer timer;

    LeaseFinder(Asking ledger, KnownLeases known, Timer timer) {
        this.ledger = ledger;
        this.known = known;
        this.timer = timer;
    }

    CompletableFuture<Outcome> renew(UUID leaseId, long leaseMillis, @Nullable Holder holder) {
        List<String> names = known.limitsOf(leaseId);
        if (names.isEmpty()) {
            return searchToRenew(leaseId, leaseMillis, holder);
        }
        return names.size() > 1
                ? renewAll(leaseId, names, leaseMillis, holder)
                : new LimitGroup(ledger, leaseId, names)
                        .renew(leaseMillis, holder)
                        .thenCompose(outcome -> outcome.isGone()
                                ? searchToRenew(leaseId, leaseMillis, holder)
                                : CompletableFuture.completedFuture(outcome));
    }

    private CompletableFuture<Outcome> renewAll(
            UUID leaseId, List<String> names, long leaseMillis, @Nullable Holder holder) {
        LimitGroup group = new LimitGroup(ledger, leaseId, names);
        return group.tryToRenew(leaseMillis, holder)
                .thenCompose(replies -> isPartlyGone(replies)
                        ? newNames(new RenewLease(null, leaseId, leaseMillis, holder), names, replies)
                                .thenCompose(now -> now.isEmpty()
                                        ? group.renewed(replies)
                                        : renewAll(leaseId, now, leaseMillis, holder))
                        : group.renewed(replies));
    }

    private static boolean isPartlyGone(List<LimitReply> replies) {
        return replies.stream().anyMatch(reply -> reply.isRefusedFor(Refused.Reason.LEASE_GONE))
                && replies.stream().anyMatch(reply -> reply.reply() instanceof Renewed);
    }

    /** The names of the lease's limits as soon as others than these are known; empty if none become known in time. */
    private CompletableFuture<List<String>> newNames(RenewLease renew, List<String> names, List<LimitReply> replies) {
        if (!known.seesAll()) {
            return newNamesByAsking(renew, names, replies);
        }
        CompletableFuture<List<String>> found = new CompletableFuture<>();
        lookForNewNames(renew.leaseId(), Set.copyOf(names), timer.nowMillis() + LONGEST_LAG_MILLIS, found);
        return found;
    }

    private void lookForNewNames(UUID leaseId, Set<String> names, long until, CompletableFuture<List<String>> found) {
        List<String> now = known.limitsOf(leaseId);
        if (!now.isEmpty() && !names.equals(Set.copyOf(now))) {
            found.complete(now);
        } else if (timer.nowMillis() >= until) {
            found.complete(List.of());
        } else {
            Runnable unused = timer.in(LOOK_AGAIN_MILLIS, () -> lookForNewNames(leaseId, names, until, found));
        }
    }

    /**
     * Renews by the id alone in all partitions; each that holds it reports the name of one of its limits. If a limit is not
     * reported, since another of the lease is in the same partition, the lease counts as gone.
     */
    private CompletableFuture<List<String>> newNamesByAsking(
            RenewLease renew, List<String> names, List<LimitReply> replies) {
        return LimitReply.all(IntStream.range(0, ledger.partitions())
                        .mapToObj(partition -> LimitReply.to("", ledger.send(renew, partition)))
                        .toList())
                .thenApply(others -> {
                    Set<String> holding = new TreeSet<>(renewed(replies));
                    holding.addAll(renewed(others));
                    boolean isWhole = holding.size() == names.size() && !holding.equals(Set.copyOf(names));
                    return isWhole ? List.copyOf(holding) : List.of();
                });
    }

    private static List<String> renewed(List<LimitReply> replies) {
        return replies.stream()
                .map(LimitReply::reply)
                .filter(Renewed.class::isInstance)
                .map(reply -> ((Renewed) reply).lease().limit())
                .toList();
    }

    private CompletableFuture<Outcome> searchToRenew(UUID leaseId, long leaseMillis, @Nullable Holder holder) {
        RenewLease renew = new RenewLease(null, leaseId, leaseMillis, holder);
        return search(leaseId, renew, answer -> answer.reply() instanceof Renewed)
                .thenCompose(answer -> renewSiblings(answer.reply(), leaseMillis, holder));
    }

    private CompletableFuture<Outcome> renewSiblings(Reply reply, long leaseMillis, @Nullable Holder holder) {
        if (!(reply instanceof Renewed renewed)) {
            return CompletableFuture.completedFuture(new Outcome(reply, null, List.of()));
        }
        return renewed.lease().siblings().isEmpty()
                ? CompletableFuture.completedFuture(Outcome.renewed(List.of(renewed.lease())))
                : renewAll(renewed.lease().leaseId(), namesOf(renewed.lease()), leaseMillis, holder);
    }

    private static List<String> namesOf(Lease lease) {
        List<String> names = new ArrayList<>(lease.siblings());
        names.add(lease.limit());
        return names;
    }

    /** Charges a lease on one limit, or slots without a lease that are remembered. */
    CompletableFuture<Outcome> settle(UUID leaseId, long slots) {
        List<String> names = known.limitsOf(leaseId);
        return names.size() == 1
                ? new LimitGroup(ledger, leaseId, names)
                        .settle(Map.of(names.get(0), slots))
                        .thenCompose(outcome -> outcome.isGone()
                                ? searchToSettle(leaseId, slots)
                                : CompletableFuture.completedFuture(outcome))
                : searchToSettle(leaseId, slots);
    }

    private CompletableFuture<Outcome> searchToSettle(UUID leaseId, long slots) {
        return search(leaseId, new SettleLease(null, leaseId, slots), answer -> !isGone(answer.reply()))
                .thenApply(answer -> answer.reply() instanceof Charged charged
                        ? Outcome.charged(List.of(charged.lease()))
                        : new Outcome(answer.reply(), null, List.of()));
    }

    private static boolean isGone(Reply reply) {
        return reply instanceof Refused refused && refused.reason() == Refused.Reason.LEASE_GONE;
    }

    /**
     * Completes when nothing is held under the id any more. The outcome is a refusal if nothing was.
     *
     * @param used how many slots were really used; null if as many as were taken
     */
    CompletableFuture<Outcome> release(UUID leaseId, @Nullable Long used) {
        List<String> names = known.limitsOf(leaseId);
        return names.isEmpty() ? searchToRelease(leaseId, used) : releaseAll(leaseId, names, used);
    }

    /** Fails if one of the limits did not confirm it; it can be repeated then. The lease of another owner is refused. */
    private CompletableFuture<Outcome> releaseAll(UUID leaseId, List<String> names, @Nullable Long used) {
        if (used != null && names.size() > 1) {
            return CompletableFuture.completedFuture(Outcome.of(names.get(0), isAmbiguous(names)));
        }
        return new LimitGroup(ledger, leaseId, names)
                .giveBack(used)
                .thenCompose(replies -> replies.stream()
                        .filter(reply -> reply.failure() != null || reply.isRefusedFor(Refused.Reason.NOT_OWNER))
                        .findFirst()
                        .map(LimitReply::asOutcome)
                        .orElseGet(() -> released(leaseId, replies, used)));
    }

    private static Refused isAmbiguous(List<String> names) {
        String message = "The lease is on several limits ('" + String.join("', '", names)
                + "'); settle those by their names, and then release it without a number";
        return new Refused(Refused.Reason.INVALID_COMMAND, message, List.of(new InvalidField("used", message)));
    }

    private CompletableFuture<Outcome> released(UUID leaseId, List<LimitReply> replies, @Nullable Long used) {
        if (replies.stream().allMatch(LimitReply::changed)) {
            return CompletableFuture.completedFuture(Outcome.released(leaseId));
        }
        boolean wasHeld = replies.stream().anyMatch(LimitReply::changed);
        return searchToRelease(leaseId, used).thenApply(found -> wasHeld ? Outcome.released(leaseId) : found);
    }

    private CompletableFuture<Outcome> searchToRelease(UUID leaseId, @Nullable Long used) {
        // Unlike a release, the answer to this names the siblings; and it ends the wait of those who still wait.
        CancelAcquire cancel = new CancelAcquire(null, leaseId);
        return search(leaseId, cancel, answer -> answer.changed() || answer.reply() instanceof Granted)
                .thenCompose(answer -> answer.reply() instanceof Granted granted
                        ? releaseAll(leaseId, namesOf(granted.lease()), used)
                        : CompletableFuture.completedFuture(cancelled(leaseId, answer)));
    }

    private static Outcome cancelled(UUID leaseId, ReplyRecord answer) {
        if (isOfAnother(answer.reply())) {
            return new Outcome(answer.reply(), null, List.of());
        }
        return answer.changed() ? Outcome.released(leaseId) : Outcome.notHeld(leaseId);
    }

    /** Whether the lease was found, and has another owner than the command is for. */
    private static boolean isOfAnother(Reply reply) {
        return reply instanceof Refused refused && refused.reason() == Refused.Reason.NOT_OWNER;
    }

    private CompletableFuture<ReplyRecord> search(UUID leaseId, LimitCommand command, Predicate<ReplyRecord> isHeld) {
        Predicate<ReplyRecord> isFound = answer -> isHeld.test(answer) || isOfAnother(answer.reply());
        int likely = LeaseIds.likelyPartition(leaseId, ledger.partitions());
        return ledger.send(command, likely)
                .thenCompose(answer -> isFound.test(answer)
                        ? CompletableFuture.completedFuture(answer)
                        : searchOthers(likely, answer, command, isFound));
    }

    /** The answer of the partition that knows the lease; if none does, that of the likely one. */
    private CompletableFuture<ReplyRecord> searchOthers(
            int likely, ReplyRecord ofLikely, LimitCommand command, Predicate<ReplyRecord> isFound) {
        return IntStream.range(0, ledger.partitions())
                .filter(partition -> partition != likely)
                .mapToObj(partition -> ledger.send(command, partition))
                .reduce(
                        CompletableFuture.completedFuture(ofLikely),
                        (one, other) ->
                                one.thenCombine(other, (first, second) -> isFound.test(second) ? second : first));
    }
}
