package io.limitledger.gateway.faults;

/** The kinds of faults that a run injects. */
enum Fault {
    KILL_LEDGER,
    KILL_GATEWAY,
    KILL_BROKER,
    /** All processes at once. */
    KILL_ALL,
    /** {@code SIGSTOP} to one process, and {@code SIGCONT} after a while. */
    PAUSE
}
