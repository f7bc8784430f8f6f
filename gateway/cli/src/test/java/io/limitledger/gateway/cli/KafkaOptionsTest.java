package io.limitledger.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.limitledger.topics.PartitionCounts;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** Options for topics, where the topics exist already. */
class KafkaOptionsTest {
    @Test
    void shouldNameTheOptionsThatHaveNoEffect() {
        // given
        KafkaOptions options = options("--partitions=8", "--reply-partitions=2");

        // when
        var unused = options.unused(new PartitionCounts(4, 2, 1));

        // then
        assertThat(unused)
                .containsExactly(
                        "--partitions 8 has no effect: limits.commands has 4 partitions already, and their number"
                                + " cannot be changed");
    }

    @Test
    void shouldSayNothingOfNumbersThatWereNotGiven() {
        // given
        KafkaOptions options = options();

        // when
        var unused = options.unused(new PartitionCounts(7, 5, 1));

        // then
        assertThat(unused).isEmpty();
    }

    private static KafkaOptions options(String... arguments) {
        return CommandLine.populateCommand(new KafkaOptions(), arguments);
    }
}
