package io.limitledger.core.rule;

import io.limitledger.core.applier.EventAppliers;
import io.limitledger.core.applier.PartitionTime;
import io.limitledger.core.command.AdoptLimit;
import io.limitledger.core.command.LimitCommand;
import io.limitledger.core.event.CommandRefused;
import io.limitledger.core.event.Fact;
import io.limitledger.core.event.LimitEvent;
import io.limitledger.core.reply.Refused;
import io.limitledger.core.reply.Reply;
import io.limitledger.core.state.Asker;
import io.limitledger.core.state.Bucket;
import io.limitledger.core.state.Demand;
import io.limitledger.core.state.EndedLease;
import io.limitledger.core.state.Fence;
import io.limitledger.core.state.KeyUse;
import io.limitledger.core.state.Lease;
import io.limitledger.core.state.LedgerState;
import io.limitledger.core.state.Limit;
import io.limitledger.core.state.MutableLedgerState;
import io.limitledger.core.state.Windows;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A decision in the making: what rules may look at, and the one place where a fact is written down and applied. Rules
 * change the state through {@link #append} only, so that events and state cannot differ.
 */
public final class Draft {
    private final MutableLedgerState state;
    private final @Nullable String name;
    private final LogEntry entry;
    private final int rules;
    private final long aheadMillis;
    private final long now;
    private final List<LimitEvent> events = new ArrayList<>();
    private final List<Decision.Answer> answers = new ArrayList<>();
    private final List<Decision.Message> messages = new ArrayList<>();
    private @Nullable String by;

    /** @param rules version of the rules that decide */
    public Draft(MutableLedgerState state, @Nullable String name, LogEntry entry, int rules) {
        this.state = state;
        this.name = name;
        this.entry = entry;
        this.rules = rules;
        this.by = rules < FourthRules.VERSION ? null : entry.by();
        this.aheadMillis = aheadMillis(state, entry.timestamp(), rules);
        Limit limit = limitIfAny();
        long partitionsNow = entry.timestamp() + aheadMillis;
        this.now = limit == null ? partitionsNow : Math.max(partitionsNow, limit.decidedAt());
    }

    /**
     * By how much the partition's time is ahead of the broker's clock: by all that this has stepped back. A command
     * that is invalid, or means no limit, leaves nothing behind, and so moves no time: after a restart it would not be known.
     */
    private static long aheadMillis(LedgerState state, long timestamp, int rules) {
        long known = state.leaseClock().aheadMillis();
        return rules < SecondRules.VERSION ? known : Math.max(known, state.reachedAt() - timestamp);
    }

    /** What came of it. Whatever leaves the partition has its times by the broker's clock. */
    public Decision decided(Reply reply) {
        return new Decision(
                List.copyOf(events), reply.laterBy(-aheadMillis), List.copyOf(answers), List.copyOf(messages));
    }

    /** Epoch milliseconds by the partition's time; never earlier than the limit's last decision. */
    long now() {
        return now;
    }

    /** Whether it is decided by this version of the rules or a later one. */
    boolean isSince(int version) {
        return rules >= version;
    }

    LogEntry entry() {
        return entry;
    }

    /** Name of the principal that causes what is decided now; null if none is known. */
    @Nullable
    String by() {
        return by;
    }

    /** Decides something that another principal has caused than the one that sent the command, or no principal. */
    void causedBy(@Nullable String other, Consumer<Draft> decision) {
        String before = by;
        by = other;
        decision.accept(this);
        by = before;
    }

    LedgerState state() {
        return state;
    }

    /** The limit as the facts so far have made it; null if none of this name exists. */
    @Nullable
    Limit limitIfAny() {
        return name == null ? null : state.limit(name);
    }

    Limit limit() {
        return Objects.requireNonNull(limitIfAny());
    }

    /** Whether the limit is between two names. */
    public boolean isMoving() {
        Limit limit = limitIfAny();
        return limit != null && limit.move() != null;
    }

    /** What is remembered of a lease id that is done with: nothing once that is too long ago, record or no record. */
    @Nullable
    EndedLease ended(UUID leaseId) {
        EndedLease ended = state.ended(limit().name(), leaseId);
        return ended == null || ended.isForgottenAt(now) ? null : ended;
    }

    /** What a key of the limit uses: nothing once it is idle, record or no record. */
    KeyUse keyUse(String key) {
        return keyUse(key, now);
    }

    /** The same at a time that is past, in epoch milliseconds. */
    KeyUse keyUse(String key, long at) {
        return KeyUse.of(key, limit(), state, new Windows.Now(Math.min(at, now), aheadMillis), entry.offset());
    }

    /** Of the next grant; null before version 3 of the rules. */
    @Nullable
    Long nextFence() {
        return isSince(ThirdRules.VERSION) ? Fence.after(limit().progress().fence(), entry.offset()) : null;
    }

    /** From which the grants of a limit that is new go on; null where the offset of the command says enough. */
    @Nullable
    Long fenceOfRemoved() {
        long fence = state.fenceOfRemoved();
        return Fence.isAheadOf(entry.offset(), fence) ? fence : null;
    }

    /** By how much the partition's time is ahead of the broker's clock. */
    long aheadMillis() {
        return aheadMillis;
    }

    /** What is occupied now. */
    Bucket bucket() {
        return limit().bucketAt(now);
    }

    /** What is known of the demand once a lease has ended. */
    Demand demandAfter(Lease lease, long endedAt) {
        return limit().demand()
                .occupied(
                        lease.occupancySeconds(endedAt),
                        lease.slots(),
                        limit().definition().limit());
    }

    /** A time by the broker's clock, for people to read. */
    Instant shown(long at) {
        return Instant.ofEpochMilli(at - aheadMillis);
    }

    /**
     * By how much times that were sent here are later by the partition's time. By the broker's clock it has taken its time to
     * come; or none, where that clock has stepped back since.
     *
     * @param sentAt epoch milliseconds by the broker's clock
     */
    long laterHereMillis(long sentAt) {
        return isSince(SecondRules.VERSION) ? aheadMillis - Math.max(0, sentAt - entry.timestamp()) : 0;
    }

    /** Notes a heartbeat. */
    void heard() {
        boolean wasResting = state.leaseClock().isResting();
        keepTime();
        PartitionTime.heard(state, now);
        if (isSince(SecondRules.VERSION) && !wasResting && state.leaseClock().isResting()) {
            PartitionTime.reached(state, now);
        }
    }

    /** Whether the broker's clock has stepped back since what was decided last. */
    boolean hasClockStepped() {
        return state.leaseClock().aheadMillis() != aheadMillis;
    }

    /**
     * Notes how far the broker's clock has stepped back: even if nothing else follows, when a heartbeat comes or a limit is
     * decided on. What is due there would otherwise wait until that clock has caught up, since a tick finds it not yet due.
     */
    void keepTime() {
        PartitionTime.ahead(state, aheadMillis);
    }

    void append(Fact fact) {
        Limit limit = limitIfAny();
        long number = limit == null ? 1 : limit.number() + 1;
        LimitEvent event =
                new LimitEvent(Objects.requireNonNull(name), number, now, rules, entry.offset(), aheadMillis, by, fact);
        boolean isFirst = isSince(SecondRules.VERSION) && !state.holdsLeases();
        EventAppliers.apply(state, event);
        events.add(event);
        // No heartbeat has come by then, and the last one may be long ago.
        if (isFirst && state.holdsLeases()) {
            PartitionTime.heardFirst(state, now);
        }
    }

    void answer(@Nullable Asker asker, Reply reply) {
        if (asker != null) {
            answers.add(new Decision.Answer(asker, reply.laterBy(-aheadMillis)));
        }
    }

    /** Sends a command to another limit's partition. It may be lost, and it may come twice. */
    void send(LimitCommand message) {
        LimitCommand sent = message instanceof AdoptLimit adopt ? adopt.laterBy(-aheadMillis) : message;
        messages.add(new Decision.Message(sent, by));
    }

    /** The limit is between two names. No event: the client will ask again, and be answered then. */
    public Refused moving() {
        return new Refused(
                Refused.Reason.LIMIT_MOVING,
                "Expected limit '" + name + "' to stand still, but it is being renamed; ask again in a moment",
                List.of());
    }

    /** Refuses a command on a limit that exists: a decision, and so an event. */
    Refused refuse(@Nullable UUID leaseId, Refused.Reason reason, String message) {
        append(new CommandRefused(entry.command().type(), leaseId, reason));
        return new Refused(reason, message, List.of());
    }

    /** Refuses a command that is for the leases of one owner, where the lease has another. */
    Refused notOwner(UUID leaseId, String owner) {
        return refuse(
                leaseId,
                Refused.Reason.NOT_OWNER,
                "Lease " + leaseId + " belongs to another owner than '" + owner
                        + "'. Use a lease of your own, or ask an administrator of limit '" + name + "'");
    }

    /** There is no such limit, and so no ledger in which this could be noted. */
    Refused limitNotFound(String what) {
        return new Refused(
                Refused.Reason.LIMIT_NOT_FOUND,
                "Expected to " + what + " limit '" + name + "', but there is no limit of this name",
                List.of());
    }
}
