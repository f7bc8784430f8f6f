package io.limitledger.core.scenario;

import io.limitledger.core.command.CancelAcquire;
import io.limitledger.core.command.DeleteLimit;
import io.limitledger.core.command.Heartbeat;
import io.limitledger.core.command.ReleaseLease;
import io.limitledger.core.command.RenewLease;
import io.limitledger.core.command.ReturnSlots;
import io.limitledger.core.command.TakeSlots;
import io.limitledger.core.command.Tick;
import io.limitledger.core.command.UpdateLimit;
import io.limitledger.core.command.UpdateLimit.DefinitionChange;
import io.limitledger.core.state.Holder;
import org.jspecify.annotations.Nullable;

/** What can be asked on a time line. */
public final class Commands {
    private Commands() {}

    public static LimitSpec limit(long slots) {
        return limit(Names.LIMIT, slots);
    }

    public static LimitSpec limit(String name, long slots) {
        return new LimitSpec(name, slots);
    }

    public static CommandSpec change(
            @Nullable Long limit, @Nullable Double slotDecayPerSecond, @Nullable Boolean active) {
        return () -> new UpdateLimit(Names.LIMIT, new DefinitionChange(limit, slotDecayPerSecond, active, null, null));
    }

    public static CommandSpec setUnleased(long slots) {
        return () -> new UpdateLimit(Names.LIMIT, new DefinitionChange(null, null, null, slots, null));
    }

    public static CommandSpec setDenied(long slots) {
        return () -> new UpdateLimit(Names.LIMIT, new DefinitionChange(null, null, null, null, slots));
    }

    public static CommandSpec setLimit(long slots) {
        return change(slots, null, null);
    }

    public static CommandSpec setDecay(double slotsPerSecond) {
        return change(null, slotsPerSecond, null);
    }

    public static CommandSpec activate() {
        return change(null, null, true);
    }

    public static CommandSpec deactivate() {
        return change(null, null, false);
    }

    public static CommandSpec delete() {
        return () -> new DeleteLimit(Names.LIMIT);
    }

    public static AcquireSpec acquire(String letter) {
        return new AcquireSpec(letter);
    }

    public static CommandSpec renew(String letter, double seconds) {
        return () -> new RenewLease(Names.LIMIT, Names.id(letter), Names.millis(seconds), null);
    }

    public static CommandSpec renew(String letter, double seconds, String holder) {
        return () -> new RenewLease(Names.LIMIT, Names.id(letter), Names.millis(seconds), new Holder(holder));
    }

    public static CommandSpec release(String letter) {
        return () -> new ReleaseLease(Names.LIMIT, Names.id(letter));
    }

    public static CommandSpec cancel(String letter) {
        return () -> new CancelAcquire(Names.LIMIT, Names.id(letter));
    }

    public static CommandSpec take(String letter, long slots) {
        return () -> new TakeSlots(Names.LIMIT, Names.id(letter), slots, null);
    }

    public static CommandSpec giveBack(long slots) {
        return giveBack(slots, 0);
    }

    public static CommandSpec giveBack(long slots, double inUseSeconds) {
        return () -> new ReturnSlots(Names.LIMIT, slots, Names.millis(inUseSeconds));
    }

    public static CommandSpec heartbeat() {
        return Heartbeat::new;
    }

    public static CommandSpec tick() {
        return () -> new Tick(Names.LIMIT);
    }
}
