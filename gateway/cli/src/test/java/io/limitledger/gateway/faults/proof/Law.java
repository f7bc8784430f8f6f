package io.limitledger.gateway.faults.proof;

import java.util.List;

/** Something that must hold of every run. */
interface Law {
    List<Finding> violations(History history);

    default String name() {
        return getClass().getSimpleName();
    }
}
