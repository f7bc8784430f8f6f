package io.limitledger.core.command;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Something asked of a limit. It may be refused. */
public sealed interface LimitCommand
        permits AcquireLease,
                AdoptLimit,
                CancelAcquire,
                DeleteLimit,
                FinishRename,
                Heartbeat,
                PutLimit,
                ReleaseLease,
                RenameLimit,
                RenewLease,
                ReturnSlots,
                TakeSlots,
                Tick,
                UpdateLimit {

    /** Name of the limit; null where a lease id alone says which limit is meant, and where all are. */
    @Nullable
    String limit();

    /** All mistakes in the fields, in the order of the fields; empty if there is none. */
    List<InvalidField> invalidFields();

    /** The command's name in records and messages. */
    default String type() {
        return getClass().getSimpleName();
    }
}
