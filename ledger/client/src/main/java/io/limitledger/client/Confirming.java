package io.limitledger.client;

import io.limitledger.core.command.AcquireLease;
import io.limitledger.core.command.LimitCommand;
import io.limitledger.core.command.ReleaseLease;
import io.limitledger.core.command.RenewLease;
import io.limitledger.core.reply.Denied;
import io.limitledger.core.reply.Granted;
import io.limitledger.core.reply.Renewed;
import io.limitledger.core.reply.Reply;
import io.limitledger.core.state.Lease;
import io.limitledger.wire.ReplyRecord;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.jspecify.annotations.Nullable;

/**
 * Confirms leases that are granted after a wait. Such a lease is provisional: it ends soon unless it is renewed, since its
 * asker may have died while it waited, and then its slots must come back. The renewal counts once it is stored in the log:
 * what is decided of it follows from its position there, so the caller need not wait for the answer; unless the start of
 * the lease had been promised, and may have come earlier than the asker knows.
 */
public final class Confirming extends AskingDecorator {
    /** Longer than a ledger is away when another takes its place, since a grant may be read that much later. */
    private static final long WITHIN_MILLIS = 10_000;

    /** When the confirmation came too late: soon, since another waiter has the slots now. */
    private static final long RETRY_MILLIS = 1_000;

    private final Log log;

    /** Takes commands that are not answered. */
    @FunctionalInterface
    public interface Log {
        /**
         * Sends a command; completes when it is stored in the log.
         *
         * @param by as in {@link Asking#send(LimitCommand, int, String)}
         */
        CompletableFuture<RecordMetadata> append(LimitCommand command, int partition, @Nullable String by);
    }

    /** Over a client, which takes both kinds of commands. */
    public static Confirming over(LedgerClient client) {
        return new Confirming(client, client::append);
    }

    public Confirming(Asking ledger, Log log) {
        super(ledger);
        this.log = log;
    }

    /** The answer comes once what it grants is held for as long as was asked. */
    @Override
    public CompletableFuture<ReplyRecord> send(LimitCommand command, int partition, @Nullable String by) {
        // What is asked for again, without a wait or by a cancel, may have become a provisional lease meanwhile.
        return ledger.send(provisional(command), partition, by).thenCompose(answer -> after(answer, by));
    }

    /** The same command, saying that what it may be granted will be confirmed; itself if there is nothing to say. */
    private static LimitCommand provisional(LimitCommand command) {
        boolean mayWait = command instanceof AcquireLease acquire
                && acquire.waitMillis() > 0
                && acquire.leaseMillis() > 0
                && acquire.takeUpMillis() == null;
        return mayWait ? ((AcquireLease) command).takenUpWithin(WITHIN_MILLIS) : command;
    }

    private CompletableFuture<ReplyRecord> after(ReplyRecord answer, @Nullable String by) {
        boolean isProvisional =
                answer.reply() instanceof Granted granted && granted.lease().handedTo() != null;
        return isProvisional
                ? confirm(((Granted) answer.reply()).lease(), answer.partition(), by)
                : CompletableFuture.completedFuture(answer);
    }

    /** Where it was granted: the limit may have got another name, and so another partition, while it was waited for. */
    private CompletableFuture<ReplyRecord> confirm(Lease lease, int partition, @Nullable String by) {
        RenewLease renew = new RenewLease(lease.limit(), lease.leaseId(), lease.leaseMillis(), null);
        return wasPromised(lease)
                ? ask(renew, lease, partition, by)
                : log.append(renew, partition, by)
                        .thenCompose(appended -> isComparable(appended, lease)
                                ? CompletableFuture.completedFuture(answer(lease, appended, by))
                                : ask(renew, lease, partition, by));
    }

    private CompletableFuture<ReplyRecord> ask(RenewLease renew, Lease lease, int partition, @Nullable String by) {
        return ledger.send(renew, partition, by).thenApply(renewal -> answer(lease, renewal));
    }

    /** Whether the broker's clock has not stepped back to before the lease: otherwise it does not say how much time has passed. */
    private static boolean isComparable(RecordMetadata renewal, Lease lease) {
        return renewal.timestamp() >= lease.startsAt();
    }

    /** It may have started before, and ended since, if nobody could say so: what was promised tells nothing of that. */
    private static boolean wasPromised(Lease lease) {
        return lease.startsAt() > lease.acquiredAt();
    }

    private static ReplyRecord answer(Lease lease, ReplyRecord renewal) {
        Reply reply = renewal.reply();
        if (reply instanceof Renewed renewed) {
            return renewal.with(new Granted(renewed.lease()));
        }
        // It has ended, or is where the limit has gone to since: whoever asks again is told.
        throw new UnknownOutcomeException("Lease " + lease.leaseId() + " was not confirmed: " + reply);
    }

    private ReplyRecord answer(Lease lease, RecordMetadata renewal, @Nullable String by) {
        boolean isInTime = renewal.timestamp() < lease.expiresAt();
        if (!isInTime) {
            // If the ledger was away, the lease was still there, and is renewed now for nobody.
            CompletableFuture<RecordMetadata> unused =
                    log.append(new ReleaseLease(lease.limit(), lease.leaseId()), renewal.partition(), by);
        }
        Granted granted = new Granted(lease.renewed(renewal.timestamp() + lease.leaseMillis(), lease.holder()));
        return new ReplyRecord(
                isInTime ? granted : missed(lease), renewal.partition(), renewal.offset(), renewal.timestamp(), 1);
    }

    private static Denied missed(Lease lease) {
        return new Denied(lease.limit(), lease.leaseId(), Denied.Reason.TIMED_OUT, RETRY_MILLIS);
    }
}
