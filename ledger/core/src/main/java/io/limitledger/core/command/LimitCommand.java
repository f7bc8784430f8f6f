package io.limitledger.core.command;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Something asked of a limit. It may be refused. */
public sealed interface LimitCommand
        permits AcquireLease,
                AdoptLimit,
                CancelAcquire,
                DefineKey,
                DeleteLimit,
                FinishRename,
                Heartbeat,
                PutLimit,
                ReleaseLease,
                RenameLimit,
                RenewLease,
                ReturnSlots,
                SettleLease,
                TakeSlots,
                Tick,
                UpdateLimit {
    /** The first version of the rules that knows owners of leases. */
    int OWNERS_SINCE = 4;

    /** Name of the limit; null where a lease id alone says which limit is meant, and where all are. */
    @Nullable
    String limit();

    /** The lease id that it is about; null if it is about none. */
    default @Nullable UUID leaseId() {
        return null;
    }

    /** The same on condition that the lease is this owner's, or no one's; itself if it is about no lease that is held or waited for. */
    default LimitCommand ifOwnedBy(String owner) {
        return this;
    }

    /** The first version of the rules that understands it; to those before it is not a command. */
    default int since() {
        return 1;
    }

    /** All mistakes in the fields, in the order of the fields; empty if the command is valid. */
    List<InvalidField> invalidFields();

    /** The command's name in records and messages. */
    default String type() {
        return getClass().getSimpleName();
    }
}
