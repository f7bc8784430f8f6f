package io.limitledger.core.event;

/** Something that happened to a limit. It carries the resulting numbers, never a rule to work them out again. */
public sealed interface Fact
        permits AcquireCancelled,
                CommandRefused,
                KeyDefined,
                KeysForgotten,
                LeaseDenied,
                LeaseExpired,
                LeaseGranted,
                LeaseReleased,
                LeaseRenewed,
                LeaseSettled,
                LeasesProlonged,
                LimitAdopted,
                LimitCreated,
                LimitDeleted,
                LimitLeaving,
                LimitLeft,
                LimitStayed,
                LimitUpdated,
                PartAdopted,
                SlotsReturned,
                WaiterLeft,
                WaiterQueued {

    /** The fact's name in records. */
    default String type() {
        return getClass().getSimpleName();
    }
}
