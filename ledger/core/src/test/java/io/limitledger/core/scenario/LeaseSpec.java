package io.limitledger.core.scenario;

import io.limitledger.core.state.Asker;
import io.limitledger.core.state.Bucket;
import io.limitledger.core.state.Claim;
import io.limitledger.core.state.Holder;
import io.limitledger.core.state.Lease;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The lease that an {@link AcquireSpec} with the same words must have led to. */
public final class LeaseSpec {
    private final String letter;
    private String limit = Names.LIMIT;
    private long slots = 1;
    private @Nullable Long takenMicros;
    private long drainMark;
    private double leaseSeconds = 300;
    private @Nullable Double acquiredSeconds;
    private double fromSeconds;
    private @Nullable Double untilSeconds;
    private @Nullable Asker handedTo;
    private @Nullable Holder holder;
    private List<String> siblings = List.of();

    LeaseSpec(String letter) {
        this.letter = letter;
    }

    public LeaseSpec on(String limit) {
        this.limit = limit;
        return this;
    }

    public LeaseSpec slots(long slots) {
        this.slots = slots;
        return this;
    }

    /** Granted while the limit was inactive, or before it starts. */
    public LeaseSpec takingNothing() {
        this.takenMicros = 0L;
        return this;
    }

    /** Granted as it was promised, with what it takes. */
    public LeaseSpec takingOne() {
        this.takenMicros = Bucket.MICROS;
        return this;
    }

    /** So many slots of the limit had drained when it started. */
    public LeaseSpec afterDrainOf(double slots) {
        this.drainMark = Math.round(slots * Bucket.MICROS);
        return this;
    }

    public LeaseSpec lease(double seconds) {
        this.leaseSeconds = seconds;
        return this;
    }

    public LeaseSpec from(double seconds) {
        this.fromSeconds = seconds;
        return this;
    }

    /** Unless said, it was acquired when it starts. */
    public LeaseSpec acquired(double seconds) {
        this.acquiredSeconds = seconds;
        return this;
    }

    /** Unless said, it ends a lease after it starts. */
    public LeaseSpec until(double seconds) {
        this.untilSeconds = seconds;
        return this;
    }

    /** Its asker has yet to take it up. */
    public LeaseSpec handedTo(String asker) {
        this.handedTo = Names.asker(asker);
        return this;
    }

    public LeaseSpec holder(String json) {
        this.holder = new Holder(json);
        return this;
    }

    public LeaseSpec siblings(String... siblings) {
        this.siblings = List.of(siblings);
        return this;
    }

    Lease lease() {
        return new Lease(
                new Claim(Names.id(letter), limit, slots, Names.millis(leaseSeconds), holder, siblings),
                takenMicros == null ? slots * Bucket.MICROS : takenMicros,
                drainMark,
                Names.at(acquiredSeconds == null ? fromSeconds : acquiredSeconds),
                Names.at(fromSeconds),
                Names.at(untilSeconds == null ? fromSeconds + leaseSeconds : untilSeconds),
                handedTo);
    }
}
