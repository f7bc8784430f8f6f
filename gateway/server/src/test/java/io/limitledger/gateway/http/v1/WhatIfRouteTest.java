package io.limitledger.gateway.http.v1;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.limitledger.gateway.http.GatewayExtension;
import io.limitledger.gateway.http.GatewayExtension.Reply;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class WhatIfRouteTest {
    @RegisterExtension
    static final GatewayExtension gateway = new GatewayExtension();

    @Test
    void saysWhatWouldHaveBeenWithMoreSlots() {
        // given: one slot, held for ten seconds, and three who come meanwhile and are denied
        Instant start = gateway.ledger().clock().instant();
        gateway.put("/v1/limits/database", "{\"limit\": 1}");
        String id = gateway.post("/v1/limits/database/leases", "{\"holder\": \"first\"}")
                .json()
                .path("leaseId")
                .asText();
        for (int late = 0; late < 3; late++) {
            gateway.ledger().advance(Duration.ofSeconds(1));
            gateway.post(
                    "/v1/limits/database/leases", "{\"holder\": \"late\", \"leaseId\": \"" + UUID.randomUUID() + "\"}");
        }
        gateway.ledger().advance(Duration.ofSeconds(7));
        gateway.delete("/v1/leases/" + id);
        gateway.ledger().advance(Duration.ofSeconds(20));

        // when
        Reply reply = gateway.post(
                "/v1/limits/database/what-if",
                "{\"from\": \"" + start + "\", \"candidates\": [{}, {\"limit\": 2}, {\"limit\": 9}]}");

        // then
        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        JsonNode answer = reply.json();
        assertThat(answer.path("actual").path("denials").asInt()).isEqualTo(3);
        assertThat(answer.path("actual").path("curve")).hasSize(120);
        JsonNode candidates = answer.path("candidates");
        assertThat(candidates.path(0).path("asItWas").asBoolean()).isTrue();
        assertThat(candidates.path(0).path("figures")).isEqualTo(answer.path("actual"));
        assertThat(candidates.path(1).path("figures").path("denials").asInt()).isEqualTo(2);
        assertThat(candidates.path(1).path("assumedHolds").asInt()).isEqualTo(1);
        assertThat(candidates.path(2).path("figures").path("granted").asInt()).isEqualTo(4);
        assertThat(candidates.path(2).path("shifts").path(0).path("name").asText())
                .isEqualTo("late");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "{} | candidates",
                "{'candidates': []} | candidates",
                "{'candidates': [{'limit': -1}]} | candidates[0].limit",
                "{'candidates': [{'limits': 1}]} | candidates[0].limits",
                "{'from': 'yesterday', 'candidates': [{'limit': 1}]} | from",
                "{'to': '2999-01-01T00:00:00Z', 'candidates': [{'limit': 1}]} | to",
                "{'from': '2026-01-02T00:00:00Z', 'to': '2026-01-01T00:00:00Z', 'candidates': [{'limit': 1}]} | from",
            })
    void wrongQuestionsAreExplained(String body, String field) {
        // when
        Reply reply = gateway.post("/v1/limits/database/what-if", body.replace('\'', '"'));

        // then
        assertThat(reply.status()).isEqualTo(422);
        assertThat(reply.json().path("errors").path(0).path("field").asText()).isEqualTo(field);
    }

    @Test
    void limitThatNeverWasHasNoPast() {
        // when
        Reply reply = gateway.post("/v1/limits/no-such/what-if", "{\"candidates\": [{\"limit\": 2}]}");

        // then
        assertThat(reply.problem()).isEqualTo("limit-not-found");
    }
}
