package io.limitledger.gateway.faults;

import io.limitledger.gateway.faults.proof.Disturbance;
import io.limitledger.gateway.faults.proof.Moment;
import java.util.List;

/**
 * A fault that was injected.
 *
 * @param begun when the first process was hit
 * @param healthy when all processes were healthy again
 */
record InjectedFault(Fault fault, List<Node> hit, Moment begun, Moment healthy) {
    /** Milliseconds beyond the return of all processes, for working off the backlog. */
    private static final long BACKLOG_MILLIS = 2_000;

    Disturbance disturbance() {
        return new Disturbance(fault + " " + hit, begun.millis(), healthy.millis() + BACKLOG_MILLIS);
    }

    boolean hasHit(String name) {
        return hit.stream().anyMatch(node -> node.name().equals(name));
    }
}
