package io.limitledger.gateway.program;

/** What becomes of the program when its lease is lost. */
public enum OnLost {
    /** It is asked to stop (SIGTERM), and made to (SIGKILL) if it has not after a while. */
    KILL,
    /** It runs on, and the loss is reported. */
    WARN
}
