package io.limitledger.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A lease id says where to ask, and is still a proper random UUID. */
class LeaseIdsTest {
    private static final List<String> NAMES = Stream.concat(
                    Stream.of("a", "database", "Köln", "\ud83d\uddc4", " ", "x".repeat(255)),
                    IntStream.range(0, 1_000).mapToObj(i -> "limit-" + i))
            .toList();

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 7, 12, 64, 1_000})
    void shouldFindTheSamePartitionByIdAsByName(int partitions) {
        for (String name : NAMES) {
            // given
            UUID id = LeaseIds.newFor(name);

            // when
            int partition = LeaseIds.likelyPartition(id, partitions);

            // then
            assertThat(partition).as(name).isEqualTo(LeaseIds.partition(name, partitions));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 7, 12, 64, 1_000})
    void shouldPartitionAsKafkaDoesByKey(int partitions) {
        for (String name : NAMES) {
            // given
            byte[] key = name.getBytes(StandardCharsets.UTF_8);

            // when
            int partition = LeaseIds.partition(name, partitions);

            // then
            assertThat(partition).as(name).isEqualTo(BuiltInPartitioner.partitionForKey(key, partitions));
        }
    }

    @Test
    void shouldBeAVersionFourUuid() {
        for (String name : NAMES) {
            // when
            UUID id = LeaseIds.newFor(name);

            // then
            assertThat(id.version()).isEqualTo(4);
            assertThat(id.variant()).isEqualTo(2);
        }
    }

    @Test
    void shouldBeDifferentEachTime() {
        // given
        Set<UUID> ids = new HashSet<>();

        // when
        IntStream.range(0, 100_000).forEach(i -> ids.add(LeaseIds.newFor("database")));

        // then
        assertThat(ids).hasSize(100_000);
    }

    @Test
    void shouldFindSomePartitionForAnyUuid() {
        IntStream.range(0, 10_000)
                .mapToObj(i -> UUID.randomUUID())
                .forEach(id -> assertThat(LeaseIds.likelyPartition(id, 7)).isBetween(0, 6));
    }

    /** Fixed for ever: a partition found differently would make two ledgers of one limit. */
    @Test
    void shouldNeverChange() {
        assertThat(LeaseIds.partition("database", 4)).isEqualTo(2);
        assertThat(LeaseIds.likelyPartition(UUID.fromString("3f2b8c1e-9a4d-4e6f-8b7a-1c2d80000001"), 4))
                .isEqualTo(1);
    }
}
