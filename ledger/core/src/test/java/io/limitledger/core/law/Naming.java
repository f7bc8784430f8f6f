package io.limitledger.core.law;

import io.limitledger.core.command.CancelAcquire;
import io.limitledger.core.command.LimitCommand;
import io.limitledger.core.command.ReleaseLease;
import io.limitledger.core.command.RenewLease;
import io.limitledger.core.command.SettleLease;
import io.limitledger.core.rule.LogEntry;
import org.jspecify.annotations.Nullable;

/** Adds the name of the limit to a command that addresses it by a lease id alone. */
final class Naming {
    private Naming() {}

    /** The entry with the limit's name; null if the id neither holds nor waits anywhere. */
    static @Nullable LogEntry named(LogEntry entry, World world) {
        LimitCommand command = entry.command();
        boolean isRefused = command instanceof SettleLease settle && world.isOnSeveral(settle.leaseId());
        if (command.limit() != null || isRefused) {
            return entry;
        }
        LimitCommand named = named(command, world);
        return named.limit() == null ? null : entry.with(named);
    }

    private static LimitCommand named(LimitCommand command, World world) {
        if (command instanceof RenewLease renew) {
            return new RenewLease(world.limitOf(renew.leaseId()), renew.leaseId(), renew.leaseMillis(), renew.holder());
        }
        if (command instanceof ReleaseLease release) {
            return new ReleaseLease(world.limitOf(release.leaseId()), release.leaseId(), release.used());
        }
        if (command instanceof SettleLease settle) {
            return new SettleLease(world.limitToSettle(settle.leaseId()), settle.leaseId(), settle.slots());
        }
        return command instanceof CancelAcquire cancel
                ? new CancelAcquire(world.limitOf(cancel.leaseId()), cancel.leaseId())
                : command;
    }
}
