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
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.producer.RecordMetadata;

/**
 * A client that takes up what is handed over to it at the end of a wait. Such a lease ends soon unless it is renewed: its
 * asker may have died while it waited, and what nobody knows of must come back. The renewal counts once it stands in the
 * log: what is decided of it follows from its place there, so that nobody needs to wait for the answer; unless its start
 * had been promised, and may have come earlier than its asker knows.
 */
public final class TakeUp {
    /** Longer than a ledger is away when another takes its place, since a grant may be read that much later. */
    private static final long WITHIN_MILLIS = 10_000;

    /** When a turn was missed: soon, since somebody else has it now. */
    private static final long RETRY_MILLIS = 1_000;

    private final CommandSender client;

    public TakeUp(CommandSender client) {
        this.client = client;
    }

    /** As {@link CommandSender#send(LimitCommand)}; the answer comes once what it grants is held for as long as was asked. */
    public CompletableFuture<Answer> send(LimitCommand command) {
        return send(command, client.partitionOf(command));
    }

    /** As {@link CommandSender#send(LimitCommand, int)}. */
    public CompletableFuture<Answer> send(LimitCommand command, int partition) {
        // What is asked for again, without a wait or by a cancel, may have been handed over on trial meanwhile.
        return client.send(onTrial(command), partition).thenCompose(this::after);
    }

    /** The same command, saying that what it may be handed will be taken up; itself if there is nothing to say. */
    private static LimitCommand onTrial(LimitCommand command) {
        boolean mayWait = command instanceof AcquireLease acquire
                && acquire.waitMillis() > 0
                && acquire.leaseMillis() > 0
                && acquire.takeUpMillis() == null;
        return mayWait ? ((AcquireLease) command).takenUpWithin(WITHIN_MILLIS) : command;
    }

    private CompletableFuture<Answer> after(Answer answer) {
        boolean isOnTrial =
                answer.reply() instanceof Granted granted && granted.lease().handedTo() != null;
        return isOnTrial
                ? takeUp(((Granted) answer.reply()).lease(), answer.partition())
                : CompletableFuture.completedFuture(answer);
    }

    /** Where it was granted: the limit may have got another name, and so another partition, while it was waited for. */
    private CompletableFuture<Answer> takeUp(Lease lease, int partition) {
        RenewLease renew = new RenewLease(lease.limit(), lease.leaseId(), lease.leaseMillis(), null);
        return wasPromised(lease)
                ? ask(renew, lease, partition)
                : client.append(renew, partition)
                        .thenCompose(appended -> isComparable(appended, lease)
                                ? CompletableFuture.completedFuture(answer(lease, appended))
                                : ask(renew, lease, partition));
    }

    private CompletableFuture<Answer> ask(RenewLease renew, Lease lease, int partition) {
        return client.send(renew, partition).thenApply(renewal -> answer(lease, renewal));
    }

    /** Whether the broker's clock has not stepped back to before the lease: otherwise it does not say how much time has passed. */
    private static boolean isComparable(RecordMetadata renewal, Lease lease) {
        return renewal.timestamp() >= lease.startsAt();
    }

    /** It may have started before, and ended since, if nobody could say so: what was promised tells nothing of that. */
    private static boolean wasPromised(Lease lease) {
        return lease.startsAt() > lease.acquiredAt();
    }

    private static Answer answer(Lease lease, Answer renewal) {
        Reply reply = renewal.reply();
        if (reply instanceof Renewed renewed) {
            return new Answer(new Granted(renewed.lease()), renewal.partition(), renewal.offset(), true);
        }
        // It has ended, or is where the limit has gone to since: whoever asks again is told.
        throw new UnknownOutcomeException("Expected to take up lease " + lease.leaseId() + ", but got " + reply);
    }

    private Answer answer(Lease lease, RecordMetadata renewal) {
        boolean isInTime = renewal.timestamp() < lease.expiresAt();
        if (!isInTime) {
            // If the ledger was away, the lease was still there, and is renewed now for nobody.
            CompletableFuture<RecordMetadata> unused =
                    client.append(new ReleaseLease(lease.limit(), lease.leaseId()), renewal.partition());
        }
        Granted granted = new Granted(lease.renewed(renewal.timestamp() + lease.leaseMillis(), lease.holder()));
        return new Answer(isInTime ? granted : missed(lease), renewal.partition(), renewal.offset(), true);
    }

    private static Denied missed(Lease lease) {
        return new Denied(lease.limit(), lease.leaseId(), Denied.Reason.TIMED_OUT, RETRY_MILLIS);
    }
}
