package io.limitledger.core.scenario;

import io.limitledger.core.command.PutLimit;
import io.limitledger.core.state.Definition;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A put of an active limit without decay, unless said otherwise. */
public final class LimitSpec implements CommandSpec {
    private final String name;
    private final long slots;
    private double decayPerSecond;
    private boolean active = true;
    private @Nullable UUID limitId;
    private boolean mustBeNew;

    LimitSpec(String name, long slots) {
        this.name = name;
        this.slots = slots;
    }

    public LimitSpec decaying(double slotsPerSecond) {
        this.decayPerSecond = slotsPerSecond;
        return this;
    }

    public LimitSpec inactive() {
        this.active = false;
        return this;
    }

    public LimitSpec id(UUID limitId) {
        this.limitId = limitId;
        return this;
    }

    public LimitSpec mustBeNew() {
        this.mustBeNew = true;
        return this;
    }

    public Definition definition() {
        return new Definition(slots, decayPerSecond, active);
    }

    @Override
    public PutLimit command() {
        return new PutLimit(name, definition(), limitId, mustBeNew);
    }
}
