package io.limitledger.core.law;

import io.limitledger.core.command.CancelAcquire;
import io.limitledger.core.command.LimitCommand;
import io.limitledger.core.command.ReleaseLease;
import io.limitledger.core.command.RenewLease;
import io.limitledger.core.rule.LogEntry;
import org.jspecify.annotations.Nullable;

/** Says which limit is meant where the command leaves that to its lease id. */
final class Naming {
    private Naming() {}

    /** Null if the id holds and waits nowhere. */
    static @Nullable LogEntry named(LogEntry entry, World world) {
        LimitCommand command = entry.command();
        if (command.limit() != null) {
            return entry;
        }
        LimitCommand named = named(command, world);
        return named.limit() == null ? null : new LogEntry(named, entry.timestamp(), entry.offset(), entry.asker());
    }

    private static LimitCommand named(LimitCommand command, World world) {
        if (command instanceof RenewLease renew) {
            return new RenewLease(world.limitOf(renew.leaseId()), renew.leaseId(), renew.leaseMillis(), renew.holder());
        }
        if (command instanceof ReleaseLease release) {
            return new ReleaseLease(world.limitOf(release.leaseId()), release.leaseId());
        }
        return command instanceof CancelAcquire cancel
                ? new CancelAcquire(world.limitOf(cancel.leaseId()), cancel.leaseId())
                : command;
    }
}
