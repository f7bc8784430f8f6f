package io.limitledger.topology;

import java.io.Serial;

/** The machine's clock has stepped back, so this thread's consumer is of no use any more: another thread takes its place. */
final class ClockSteppedException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1;

    ClockSteppedException() {
        super("The machine's clock stepped back");
    }

    /** Whether this is why a thread failed. */
    static boolean isCauseOf(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof ClockSteppedException) {
                return true;
            }
        }
        return false;
    }
}
