package io.limitledger.wire;

import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.apache.kafka.common.utils.Utils;

/**
 * Lease ids that say where to ask. The last 32 bits of such a UUID are the murmur2 hash of the (first) limit's name, as
 * Kafka's own partitioner computes it; so whoever sees the id knows the partition of its commands, without a directory.
 * The rest is random, and it is a valid version 4. Other UUIDs are lease ids as well; they only take longer to find.
 */
public final class LeaseIds {
    private static final long HASH_BITS = 0xFFFF_FFFFL;

    private LeaseIds() {}

    public static UUID newFor(String limit) {
        UUID random = UUID.randomUUID();
        long low = (random.getLeastSignificantBits() & ~HASH_BITS) | (hash(limit) & HASH_BITS);
        return new UUID(random.getMostSignificantBits(), low);
    }

    /** The partition of a limit's commands and events. */
    public static int partition(String limit, int partitions) {
        return Utils.toPositive(hash(limit)) % partitions;
    }

    /** The partition in which a lease is most likely found. */
    public static int likelyPartition(UUID leaseId, int partitions) {
        return Utils.toPositive((int) leaseId.getLeastSignificantBits()) % partitions;
    }

    private static int hash(String limit) {
        return Utils.murmur2(limit.getBytes(StandardCharsets.UTF_8));
    }
}
