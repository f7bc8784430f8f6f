package io.limitledger.wire;

import java.nio.charset.StandardCharsets;
import java.util.UUID;

/**
 * Lease ids that say where to ask. The last 32 bits of such a UUID are the murmur2 hash of the (first) limit's name, as
 * Kafka's own partitioner computes it; so the id leads to the partition of its commands, without a directory. It is computed
 * here, since a client over HTTP has no Kafka on its class path.
 * The rest is random, and it is a valid version 4. Other UUIDs are lease ids as well; they only take longer to find.
 */
public final class LeaseIds {
    private static final long HASH_BITS = 0xFFFF_FFFFL;
    private static final int SEED = 0x9747_b28c;
    private static final int FACTOR = 0x5bd1_e995;

    private LeaseIds() {}

    public static UUID newFor(String limit) {
        UUID random = UUID.randomUUID();
        long low = (random.getLeastSignificantBits() & ~HASH_BITS) | (hash(limit) & HASH_BITS);
        return new UUID(random.getMostSignificantBits(), low);
    }

    /** The partition of a limit's commands and events. */
    public static int partition(String limit, int partitions) {
        return partition(hash(limit), partitions);
    }

    /** The partition in which a lease is most likely found. */
    public static int likelyPartition(UUID leaseId, int partitions) {
        return partition((int) leaseId.getLeastSignificantBits(), partitions);
    }

    private static int partition(int hash, int partitions) {
        return (hash & Integer.MAX_VALUE) % partitions;
    }

    private static int hash(String limit) {
        return murmur2(limit.getBytes(StandardCharsets.UTF_8));
    }

    /** MurmurHash2 by Austin Appleby (public domain), with Kafka's seed. */
    private static int murmur2(byte[] data) {
        int hash = SEED ^ data.length;
        int whole = data.length & ~3;
        for (int i = 0; i < whole; i += 4) {
            int word = littleEndian(data, i, 4) * FACTOR;
            hash = (hash * FACTOR) ^ ((word ^ (word >>> 24)) * FACTOR);
        }
        if (whole < data.length) {
            hash = (hash ^ littleEndian(data, whole, data.length - whole)) * FACTOR;
        }
        hash = (hash ^ (hash >>> 13)) * FACTOR;
        return hash ^ (hash >>> 15);
    }

    private static int littleEndian(byte[] data, int from, int bytes) {
        int word = 0;
        for (int i = 0; i < bytes; i++) {
            word |= (data[from + i] & 0xff) << (8 * i);
        }
        return word;
    }
}
