package io.limitledger.simulation;

/** When all is calm everything has ended; and when the limits are deleted nothing at all is left. */
final class AllComesToAnEnd extends Invariant {
    @Override
    void atTheEnd() {
        cluster().partitions().forEach(partition -> {
            require(
                    partition.referee().records().isEmpty(),
                    () -> "is left in partition " + partition.number() + ": "
                            + partition.referee().records());
        });
    }
}
