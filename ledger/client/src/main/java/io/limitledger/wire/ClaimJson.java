package io.limitledger.wire;

import com.fasterxml.jackson.annotation.JsonTypeName;
import com.fasterxml.jackson.databind.module.SimpleModule;
import io.limitledger.core.command.AcquireLease;
import io.limitledger.core.state.Asker;
import io.limitledger.core.state.Claim;
import io.limitledger.core.state.Holder;
import io.limitledger.core.state.Lease;
import io.limitledger.core.state.Spend;
import io.limitledger.core.state.Terms;
import io.limitledger.core.state.Waiter;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What has a claim, in JSON: one flat object, in which the fields of the claim are among the others. The records here are
 * these objects, field by field, in their order.
 */
final class ClaimJson {
    private ClaimJson() {}

    static SimpleModule addTo(SimpleModule module) {
        Form.add(module, AcquireLease.class, AcquireForm.class, AcquireForm::of, AcquireForm::acquire);
        Form.add(module, Waiter.class, WaiterForm.class, WaiterForm::of, WaiterForm::waiter);
        Form.add(module, Lease.class, LeaseForm.class, LeaseForm::of, LeaseForm::lease);
        return module;
    }

    @JsonTypeName("AcquireLease")
    record AcquireForm(
            String limit,
            UUID leaseId,
            long slots,
            long leaseMillis,
            long waitMillis,
            @Nullable Long takeUpMillis,
            @Nullable Holder holder,
            List<String> siblings,
            @Nullable String key,
            @Nullable Long priority,
            @Nullable Long upTo,
            Terms.@Nullable OnExpiry onExpiry,
            @Nullable Boolean check) {
        static AcquireForm of(AcquireLease acquire) {
            Claim claim = acquire.claim();
            return new AcquireForm(
                    claim.limit(),
                    claim.leaseId(),
                    claim.slots(),
                    claim.leaseMillis(),
                    acquire.waitMillis(),
                    acquire.takeUpMillis(),
                    claim.holder(),
                    claim.siblings(),
                    claim.key(),
                    givenPriority(claim),
                    givenUpTo(claim),
                    givenOnExpiry(claim),
                    acquire.check() ? Boolean.TRUE : null);
        }

        AcquireLease acquire() {
            Terms terms = terms(key, priority, upTo, onExpiry);
            Claim claim = new Claim(leaseId, limit, slots, leaseMillis, holder, siblings, terms);
            return new AcquireLease(claim, waitMillis, takeUpMillis, Boolean.TRUE.equals(check));
        }
    }

    @JsonTypeName("Waiter")
    record WaiterForm(
            UUID leaseId,
            String limit,
            long slots,
            long leaseMillis,
            @Nullable Long takeUpMillis,
            long place,
            long since,
            long until,
            @Nullable Long startsAt,
            @Nullable Holder holder,
            List<String> siblings,
            @Nullable Asker asker,
            @Nullable String key,
            @Nullable Long priority,
            @Nullable Long upTo,
            Terms.@Nullable OnExpiry onExpiry,
            @Nullable String owner) {
        static WaiterForm of(Waiter waiter) {
            Claim claim = waiter.claim();
            return new WaiterForm(
                    claim.leaseId(),
                    claim.limit(),
                    claim.slots(),
                    claim.leaseMillis(),
                    waiter.takeUpMillis(),
                    waiter.place(),
                    waiter.since(),
                    waiter.until(),
                    waiter.startsAt(),
                    claim.holder(),
                    claim.siblings(),
                    waiter.asker(),
                    claim.key(),
                    givenPriority(claim),
                    givenUpTo(claim),
                    givenOnExpiry(claim),
                    claim.owner());
        }

        Waiter waiter() {
            Terms terms = terms(key, priority, upTo, onExpiry);
            Claim claim = new Claim(leaseId, limit, slots, leaseMillis, holder, siblings, terms, owner);
            return new Waiter(claim, takeUpMillis, place, since, until, startsAt, asker);
        }
    }

    @JsonTypeName("Lease")
    record LeaseForm(
            UUID leaseId,
            String limit,
            long slots,
            long takenMicros,
            long drainMark,
            long acquiredAt,
            long startsAt,
            long expiresAt,
            long leaseMillis,
            @Nullable Holder holder,
            List<String> siblings,
            @Nullable Asker handedTo,
            @Nullable String key,
            @Nullable Long priority,
            @Nullable Long upTo,
            Terms.@Nullable OnExpiry onExpiry,
            @Nullable Long fence,
            @Nullable Spend spend,
            @Nullable Long used,
            @Nullable String owner) {
        static LeaseForm of(Lease lease) {
            Claim claim = lease.claim();
            return new LeaseForm(
                    claim.leaseId(),
                    claim.limit(),
                    claim.slots(),
                    lease.takenMicros(),
                    lease.drainMark(),
                    lease.acquiredAt(),
                    lease.startsAt(),
                    lease.expiresAt(),
                    claim.leaseMillis(),
                    claim.holder(),
                    claim.siblings(),
                    lease.handedTo(),
                    claim.key(),
                    givenPriority(claim),
                    givenUpTo(claim),
                    givenOnExpiry(claim),
                    lease.fence(),
                    lease.spend(),
                    lease.used(),
                    claim.owner());
        }

        Lease lease() {
            Terms terms = terms(key, priority, upTo, onExpiry);
            Claim claim = new Claim(leaseId, limit, slots, leaseMillis, holder, siblings, terms, owner);
            return new Lease(
                    claim, takenMicros, drainMark, acquiredAt, startsAt, expiresAt, handedTo, fence, spend, used);
        }
    }

    private static Terms terms(
            @Nullable String key, @Nullable Long priority, @Nullable Long upTo, Terms.@Nullable OnExpiry onExpiry) {
        Terms.OnExpiry then = onExpiry == null ? Terms.OnExpiry.CHARGE : onExpiry;
        return new Terms(key, priority == null ? 0 : priority, upTo, then);
    }

    private static @Nullable Long givenPriority(Claim claim) {
        return claim.terms() == null || claim.terms().priority() == 0
                ? null
                : Long.valueOf(claim.terms().priority());
    }

    private static @Nullable Long givenUpTo(Claim claim) {
        return claim.terms() == null ? null : claim.terms().upTo();
    }

    private static Terms.@Nullable OnExpiry givenOnExpiry(Claim claim) {
        return claim.terms() == null || claim.terms().onExpiry() == Terms.OnExpiry.CHARGE
                ? null
                : claim.terms().onExpiry();
    }
}
