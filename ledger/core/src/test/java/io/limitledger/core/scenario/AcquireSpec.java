package io.limitledger.core.scenario;

import io.limitledger.core.command.AcquireLease;
import io.limitledger.core.state.Asker;
import io.limitledger.core.state.Claim;
import io.limitledger.core.state.Holder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An acquire of one slot for 300 seconds that does not wait, unless said otherwise. Its asker bears its name. */
public final class AcquireSpec implements CommandSpec {
    private final String letter;
    private String limit = Names.LIMIT;
    private long slots = 1;
    private double leaseSeconds = 300;
    private double waitSeconds;
    private @Nullable Long takeUpMillis;
    private @Nullable Holder holder;
    private List<String> siblings = List.of();
    private @Nullable Asker asker;

    AcquireSpec(String letter) {
        this.letter = letter;
        this.asker = Names.asker(letter);
    }

    public AcquireSpec on(String limit) {
        this.limit = limit;
        return this;
    }

    public AcquireSpec slots(long slots) {
        this.slots = slots;
        return this;
    }

    public AcquireSpec lease(double seconds) {
        this.leaseSeconds = seconds;
        return this;
    }

    public AcquireSpec withoutLease() {
        return lease(0);
    }

    public AcquireSpec waiting(double seconds) {
        this.waitSeconds = seconds;
        return this;
    }

    public AcquireSpec takenUpWithin(double seconds) {
        this.takeUpMillis = Names.millis(seconds);
        return this;
    }

    public AcquireSpec holder(String json) {
        this.holder = new Holder(json);
        return this;
    }

    public AcquireSpec siblings(String... siblings) {
        this.siblings = List.of(siblings);
        return this;
    }

    public AcquireSpec askedBy(String name) {
        this.asker = Names.asker(name);
        return this;
    }

    /** Its asker is of another process than all others. */
    public AcquireSpec askedFrom(String client) {
        this.asker = Names.asker(client, letter);
        return this;
    }

    public AcquireSpec askedByNobody() {
        this.asker = null;
        return this;
    }

    @Override
    public AcquireLease command() {
        return new AcquireLease(
                new Claim(Names.id(letter), limit, slots, Names.millis(leaseSeconds), holder, siblings),
                Names.millis(waitSeconds),
                takeUpMillis);
    }

    @Override
    public @Nullable Asker asker() {
        return asker;
    }
}
