package io.limitledger.gateway.faults;

/** What the tormentor does. */
enum Fault {
    KILL_LEDGER,
    KILL_GATEWAY,
    KILL_BROKER,
    /** All processes at once. */
    KILL_ALL,
    /** {@code SIGSTOP}, and {@code SIGCONT} after a while. */
    PAUSE
}
