package io.limitledger.gateway.bench;

import java.util.Locale;

/** The ways to reach the ledger. */
public enum Transport {
    KAFKA,
    HTTP;

    /** As it is written on a command line. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
