package io.limitledger.gateway.bench;

import java.util.Locale;

/** The ways to reach the ledger. */
public enum BenchTransport {
    /** Commands and replies travel, as for anybody elsewhere. */
    KAFKA,
    /** Commands travel, and replies stay in the process, as in {@code serve}. */
    MEMORY,
    /** Through the gateway. */
    HTTP;

    /** As it is written on a command line. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
