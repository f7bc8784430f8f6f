package io.limitledger.gateway.bench;

import java.util.Locale;

/** What can be asked for by name: the workloads, and what is measured in a way of its own. */
public enum WorkloadName {
    HOT,
    MANY,
    RATE,
    RENEW,
    KEYS,
    QUOTA,
    FAIR,
    SETTLE,
    SEVERAL,
    LEASES,
    LIMITS,
    HANDOVER,
    WAITERS,
    BACKLOG;

    /** As it is written on a command line. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
