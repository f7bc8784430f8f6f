package io.limitledger.simulation;

/**
 * Invariant: once faults have stopped, every lease, wait and move ends; and when all limits are deleted, the state is
 * empty.
 */
final class EverythingEnds extends Invariant {
    @Override
    void atTheEnd() {
        cluster().partitions().forEach(partition -> {
            require(
                    partition.referee().records().isEmpty(),
                    () -> "records remain in partition " + partition.number() + ": "
                            + partition.referee().records());
        });
    }
}
