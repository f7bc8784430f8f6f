package io.limitledger.gateway.faults.proof;

import java.util.List;

/** A property that every run must have. */
interface Law {
    List<Finding> violations(History history);

    default String name() {
        return getClass().getSimpleName();
    }
}
