package io.limitledger.simulation;

import java.io.Serial;

/** Thrown when an invariant does not hold. */
final class Violation extends AssertionError {
    @Serial
    private static final long serialVersionUID = 1;

    private final String invariant;

    Violation(String invariant, String message) {
        super(invariant + ": " + message);
        this.invariant = invariant;
    }

    Violation(String invariant, Throwable cause) {
        super(invariant + ": " + cause.getMessage(), cause);
        this.invariant = invariant;
    }

    String invariant() {
        return invariant;
    }
}
