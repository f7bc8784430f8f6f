package io.limitledger.gateway.faults;

import io.limitledger.gateway.faults.proof.Disturbance;
import io.limitledger.gateway.faults.proof.Moment;
import java.util.List;

/**
 * Something that the tormentor has done.
 *
 * @param begun when the first process was hit
 * @param healthy when all was well again
 */
record Deed(Fault fault, List<Node> hit, Moment begun, Moment healthy) {
    /** A moment longer than until all was well: what has piled up must be worked off. */
    private static final long AFTERMATH_MILLIS = 2_000;

    Disturbance disturbance() {
        return new Disturbance(fault + " " + hit, begun.millis(), healthy.millis() + AFTERMATH_MILLIS);
    }

    boolean hasHit(String name) {
        return hit.stream().anyMatch(node -> node.name().equals(name));
    }
}
