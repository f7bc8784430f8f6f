package io.limitledger.gateway.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HelpTextsTest {

    @Test
    void shouldFillInWhatIsMissingAndLeaveTheRest() {
        // given
        String scraped = """
                # HELP limits_a What it is
                # TYPE limits_a counter
                limits_a 1.0
                # HELP kafka_b \s
                # TYPE kafka_b gauge
                kafka_b 2.0
                # TYPE jvm_c gauge
                jvm_c 3.0
                """;

        // when
        String complete = HelpTexts.complete(scraped);

        // then
        assertThat(complete.lines())
                .containsExactly(
                        "# HELP limits_a What it is",
                        "# TYPE limits_a counter",
                        "limits_a 1.0",
                        "# HELP kafka_b A metric of Kafka's client, by the name that its documentation has with dots and dashes",
                        "# TYPE kafka_b gauge",
                        "kafka_b 2.0",
                        "# HELP jvm_c A metric of the Java process",
                        "# TYPE jvm_c gauge",
                        "jvm_c 3.0");
    }
}
