package io.limitledger.core.state;

import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What is asked for under one lease id. An acquire asks for it, a waiter waits for it, a lease holds it.
 *
 * @param leaseId chosen by the client
 * @param limit name of the limit
 * @param slots 1 or more
 * @param leaseMillis how long they are held unless renewed; 0 for slots without a lease
 * @param siblings other limits that are acquired under the same id
 * @param terms what else it says; null if nothing
 * @param owner name of the principal that asked for it; null if the command named none
 */
public record Claim(
        UUID leaseId,
        String limit,
        long slots,
        long leaseMillis,
        @Nullable Holder holder,
        List<String> siblings,
        @Nullable Terms terms,
        @Nullable String owner) {
    public Claim {
        siblings = siblings == null ? List.of() : List.copyOf(siblings);
        terms = Terms.NONE.equals(terms) ? null : terms;
    }

    /** One without an owner. */
    public Claim(
            UUID leaseId,
            String limit,
            long slots,
            long leaseMillis,
            @Nullable Holder holder,
            List<String> siblings,
            @Nullable Terms terms) {
        this(leaseId, limit, slots, leaseMillis, holder, siblings, terms, null);
    }

    /** One that says nothing else. */
    public Claim(
            UUID leaseId, String limit, long slots, long leaseMillis, @Nullable Holder holder, List<String> siblings) {
        this(leaseId, limit, slots, leaseMillis, holder, siblings, null);
    }

    public Claim on(Terms terms) {
        return new Claim(leaseId, limit, slots, leaseMillis, holder, siblings, terms, owner);
    }

    public Claim ownedBy(@Nullable String owner) {
        return new Claim(leaseId, limit, slots, leaseMillis, holder, siblings, terms, owner);
    }

    /** Of this many slots, because no more are free. */
    public Claim taking(long slots) {
        return slots == this.slots
                ? this
                : new Claim(leaseId, limit, slots, leaseMillis, holder, siblings, terms, owner);
    }

    /** On another limit, which this one has become. */
    public Claim movedTo(String newName) {
        return new Claim(leaseId, newName, slots, leaseMillis, holder, siblings, terms, owner);
    }

    Claim heldBy(@Nullable Holder holder) {
        return new Claim(leaseId, limit, slots, leaseMillis, holder, siblings, terms, owner);
    }

    /** Whether it may be ended or renewed for an owner, or for any where that is null. What no one owns needs no protection. */
    public boolean mayBeTouchedFor(@Nullable String owner) {
        return owner == null || this.owner == null || owner.equals(this.owner);
    }

    /** Whose slots they are; null if no key is named. */
    public @Nullable String key() {
        return terms == null ? null : terms.key();
    }

    /** A head start in the queue, in milliseconds. */
    long headStartMillis() {
        return terms == null ? 0 : terms.priority() * 1_000;
    }

    public boolean isUpTo() {
        return terms != null && terms.upTo() != null;
    }

    /** The fewest slots that will do. */
    public long needed() {
        return isUpTo() ? 1 : slots;
    }

    /** The group in which it waits and is counted on a limit; null if it is not counted under any key. */
    public @Nullable String group(Definition definition) {
        String key = key();
        return key == null && definition.isFair() ? KeyUse.WITHOUT_KEY : key;
    }

    /** Whether a later claim under the same id is a repeat of this one. A claim without a holder may have got one since. */
    public boolean isRepeatedBy(Claim later) {
        return (slots == later.slots || isUpTo())
                && Objects.equals(terms, later.terms)
                && leaseMillis == later.leaseMillis
                && (owner == null || owner.equals(later.owner))
                && (later.holder == null || later.holder.equals(holder));
    }
}
