package io.limitledger.gateway.bench;

import java.util.Locale;

/** What can be asked for by name: the workloads, and the hand-over, which is measured in a way of its own. */
public enum WorkloadName {
    HOT,
    MANY,
    RATE,
    HANDOVER;

    /** As it is written on a command line. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
