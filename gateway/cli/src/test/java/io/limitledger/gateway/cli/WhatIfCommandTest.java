package io.limitledger.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.limitledger.gateway.http.GatewayExtension;
import io.limitledger.gateway.http.InMemoryLedger;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WhatIfCommandTest {
    @RegisterExtension
    static final GatewayExtension gateway = new GatewayExtension();

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void comparesWithWhatWas() {
        // given: two come while the only slot is held
        gateway.put("/v1/limits/database", "{\"limit\": 1}");
        String id = gateway.post("/v1/limits/database/leases", "{\"holder\": \"first\"}")
                .json()
                .path("leaseId")
                .asText();
        gateway.ledger().advance(Duration.ofSeconds(1));
        gateway.post("/v1/limits/database/leases", "{\"holder\": \"second\"}");
        gateway.post("/v1/limits/database/leases", "{\"holder\": \"third\"}");
        gateway.ledger().advance(Duration.ofSeconds(9));
        gateway.delete("/v1/leases/" + id);
        gateway.ledger().advance(Duration.ofSeconds(50));

        // when
        int exitCode = limits(
                "--limit",
                "database",
                "--set",
                "limit=1..3",
                "--from",
                InMemoryLedger.START.minusSeconds(60).toString(),
                "--to",
                InMemoryLedger.START.plusSeconds(60).toString(),
                "--p99-below",
                "1s");

        // then
        assertThat(err.toString()).contains("limit 1 is the smallest of them");
        assertThat(exitCode).isZero();
        assertThat(out.toString().lines().limit(5).map(line -> line.substring(0, 41)))
                .containsExactly(
                        "DEFINITION  REQUESTS  GRANTED  DENIED  GA",
                        "as it was          3        1       2    ",
                        "limit=1            3        1       2    ",
                        "limit=2            3        2       1    ",
                        "limit=3            3        3       0    ");
        assertThat(out.toString()).contains("limit=3: 2 leases were never held in truth, or not yet over");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--set limit | write a field and its value",
                "--set limit=9..1 | write a range",
                "--set limit=1..900 | at most 50",
                "--set limit=2 --from yesterday | it must be a duration",
                "--set colour=red | candidates[0].colour",
            })
    void mistakesAreExplained(String arguments, String part) {
        // when
        int exitCode = limits(Stream.concat(Stream.of("--limit", "database"), Arrays.stream(arguments.split(" ")))
                .toArray(String[]::new));

        // then
        assertThat(exitCode).isEqualTo(64);
        assertThat(err.toString()).contains(part);
    }

    private int limits(String... arguments) {
        String[] all = Stream.concat(
                        Stream.of(
                                "whatif",
                                "--url",
                                "http://127.0.0.1:" + gateway.server().port()),
                        Arrays.stream(arguments))
                .toArray(String[]::new);
        return LimitsCommand.commandLine(all[0])
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(all);
    }
}
