package io.limitledger.gateway.http.v1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.limitledger.gateway.http.GatewayExtension;
import io.limitledger.gateway.http.GatewayExtension.Reply;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AcquireSeveralRouteTest {
    private static final String ALL = "\"limits\": [\"b\", \"a\", \"c\", \"a\"]";

    @RegisterExtension
    static final GatewayExtension gateway = new GatewayExtension();

    @BeforeEach
    void createLimits() {
        for (String name : List.of("a", "b", "c")) {
            gateway.put("/v1/limits/" + name, "{\"limit\": 2}");
        }
    }

    @Test
    void acquiresAll() {
        // when
        Reply reply = gateway.post("/v1/leases", "{" + ALL + ", \"slots\": 2, \"holder\": \"me\"}");

        // then
        assertThat(reply.status()).isEqualTo(201);
        assertThat(reply.text())
                .matches("\\{\"leaseId\":\"[-0-9a-f]{36}\",\"limits\":\\[\"a\",\"b\",\"c\"],\"slots\":2,"
                        + "\"acquiredAt\":\"2026-11-20T10:00:00Z\",\"expiresAt\":\"2026-11-20T10:05:00Z\","
                        + "\"startsAt\":\"2026-11-20T10:00:00Z\",\"holder\":\"me\",\"parts\":\\["
                        + "\\{\"name\":\"a\",\"slots\":2,\"fence\":[0-9]+},.*]}");
        assertThat(reply.header("Location")).isEqualTo("/v1/leases/" + leaseId(reply));
        assertThat(occupied()).containsExactly(2, 2, 2);
    }

    @Test
    void answersForOneLimitAsForMany() {
        // when
        Reply reply = gateway.post("/v1/leases", "{\"limits\": [\"a\"]}");

        // then
        assertThat(reply.status()).isEqualTo(201);
        assertThat(reply.text()).contains("\"limits\":[\"a\"]").doesNotContain("\"limit\":");
    }

    @Test
    void takesTheIdThatTheClientChose() {
        // given
        String body = "{" + ALL + ", \"leaseId\": \"" + UUID.randomUUID() + "\"}";
        Reply first = gateway.post("/v1/leases", body);

        // when
        Reply again = gateway.post("/v1/leases", body);

        // then
        assertThat(again.status()).isEqualTo(201);
        assertThat(again.text()).isEqualTo(first.text());
        assertThat(occupied()).containsExactly(1, 1, 1);
    }

    @Test
    void reportsWhichLimitIsFull() {
        // given
        gateway.post("/v1/limits/b/leases", "{\"slots\": 2, \"leaseSeconds\": 20}");

        // when
        Reply reply = gateway.post("/v1/leases", "{" + ALL + "}");

        // then
        assertThat(reply.status()).isEqualTo(429);
        assertThat(reply.problem()).isEqualTo("limit-full");
        assertThat(reply.json().path("limit").asText()).isEqualTo("b");
        assertThat(reply.json().has("leaseId")).isFalse();
        assertThat(reply.header("Retry-After")).isEqualTo("20");
        assertThat(occupied()).containsExactly(0, 2, 0);
    }

    @Test
    void namesAllUnknownLimits() {
        // when
        Reply reply = gateway.post("/v1/leases", "{\"limits\": [\"z\", \"a\", \"nothing\"]}");

        // then
        assertThat(reply.status()).isEqualTo(404);
        assertThat(reply.problem()).isEqualTo("limit-not-found");
        assertThat(reply.json().path("limit").asText()).isEqualTo("nothing");
        assertThat(reply.json().path("detail").asText()).isEqualTo("Limits 'nothing', 'z' do not exist");
        assertThat(occupied()).containsExactly(0, 0, 0);
    }

    @Test
    void refusesMoreThanALimitHas() {
        // when
        Reply reply = gateway.post("/v1/leases", "{" + ALL + ", \"slots\": 3}");

        // then
        assertThat(reply.status()).isEqualTo(422);
        assertThat(reply.problem()).isEqualTo("slots-exceed-limit");
        assertThat(reply.json().path("limit").asText()).isEqualTo("a");
    }

    @Test
    void refusesAnotherRequestUnderTheSameId() {
        // given
        String id = ", \"leaseId\": \"" + UUID.randomUUID() + "\"}";
        gateway.post("/v1/leases", "{\"limits\": [\"a\", \"b\"]" + id);

        // when
        Reply reply = gateway.post("/v1/leases", "{\"limits\": [\"a\", \"c\"]" + id);

        // then
        assertThat(reply.status()).isEqualTo(409);
        assertThat(reply.problem()).isEqualTo("lease-id-taken");
        assertThat(occupied()).containsExactly(1, 1, 0);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {}                                        | limits       | Expected an array of names, or of objects with name, slots and key, but it is missing
            {"limits": "a"}                           | limits       | Expected an array of names, or of objects with name, slots and key, but got "a"
            {"limits": ["a", 1]}                      | limits       | Expected an array of names, or of objects with name, slots and key, but got ["a",1]
            {"limits": []}                            | limits       | Expected 1 to 100 names, but got 0
            {"limits": ["a", ""]}                     | limits       | Expected 1 to 255 characters, but got 0
            {"limits": ["a"], "slots": 0}             | slots        | Expected 1 to 2147483647, but got 0
            {"limits": ["a", "b"], "leaseSeconds": 0} | leaseSeconds | Expected a lease on several limits, because only a lease can be given back where one of them denies, but got 0
            {"limits": ["a"], "waitSeconds": 3601}    | waitSeconds  | Expected 0 to 3600 seconds, but got 3601.0
            {"limits": ["a"], "leaseId": "x"}         | leaseId      | Expected a UUID, but got "x"
            """)
    void reportsMistakes(String body, String field, String message) {
        // when
        Reply reply = gateway.post("/v1/leases", body);

        // then
        assertThat(reply.status()).isEqualTo(422);
        assertThat(reply.json().path("errors")).hasSize(1);
        assertThat(reply.json().path("errors").get(0).path("field").asText()).isEqualTo(field);
        assertThat(reply.json().path("errors").get(0).path("message").asText()).isEqualTo(message);
    }

    @Test
    void refusesTooManyNames() {
        // given
        String names =
                IntStream.range(0, 101).mapToObj(i -> "\"limit" + i + "\"").collect(Collectors.joining(","));

        // when
        Reply reply = gateway.post("/v1/leases", "{\"limits\": [" + names + "]}");

        // then
        assertThat(reply.status()).isEqualTo(422);
        assertThat(reply.text()).contains("Expected 1 to 100 names, but got 101");
    }

    @Test
    void readsRenewsAndReleasesAllOfThem() {
        // given
        String path = "/v1/leases/" + leaseId(gateway.post("/v1/leases", "{" + ALL + "}"));

        // when
        List<Reply> replies = List.of(
                gateway.get(path),
                gateway.post(path + "/renew", "{\"leaseSeconds\": 60}"),
                gateway.get(path),
                gateway.delete(path),
                gateway.get(path));

        // then
        assertThat(replies).extracting(Reply::status).containsExactly(200, 200, 200, 204, 404);
        assertThat(replies.get(1).text()).contains("\"limits\":[\"a\",\"b\",\"c\"]", "10:01:00Z");
        assertThat(replies.get(2).text()).isEqualTo(replies.get(1).text());
        assertThat(occupied()).containsExactly(0, 0, 0);
    }

    @Test
    void aLeaseThatLostOneLimitIsGone() {
        // given
        String path = "/v1/leases/" + leaseId(gateway.post("/v1/leases", "{" + ALL + "}"));
        gateway.delete("/v1/limits/b");

        // when
        CompletableFuture<Reply> renewal = gateway.sendAsync("POST", path + "/renew", "{}");
        // It might have been renamed, and the view be late to show it.
        await().until(() -> {
            gateway.timer().step(gateway.timer().nowMillis() + 100);
            return renewal.isDone();
        });
        Reply reply = renewal.join();

        // then
        assertThat(reply.status()).isEqualTo(410);
        assertThat(reply.json().path("limit").asText()).isEqualTo("b");
        assertThat(gateway.get("/v1/limits/a").json().path("occupied").asInt()).isZero();
    }

    @Test
    void showsWhatIsHeldWhileItWaits() {
        // given
        String holder = leaseId(gateway.post("/v1/limits/b/leases", "{\"slots\": 2}"));
        CompletableFuture<Reply> waiting =
                gateway.sendAsync("POST", "/v1/leases", "{" + ALL + ", \"waitSeconds\": 30}");
        await().until(() -> gateway.ledger().waiters("b", -1, 1).size() == 1);

        // when
        Reply waiters = gateway.get("/v1/limits/b/waiters");

        // then
        assertThat(waiters.json().path("waiters").get(0).path("holding").toString())
                .isEqualTo("[\"a\"]");
        gateway.delete("/v1/leases/" + holder);
        assertThat(waiting.join().status()).isEqualTo(201);
    }

    @Test
    void manyClientsAllGetTheirTurn() {
        // given
        Random random = new Random(1);
        List<CompletableFuture<Reply>> clients = new ArrayList<>();

        // when
        for (int client = 0; client < 60; client++) {
            List<String> names = new ArrayList<>(List.of("\"a\"", "\"b\"", "\"c\""));
            Collections.shuffle(names, random);
            clients.add(gateway.sendAsync("POST", "/v1/leases", "{\"waitSeconds\": 3600, \"limits\": " + names + "}")
                    .thenCompose(reply -> gateway.sendAsync("DELETE", "/v1/leases/" + leaseId(reply), null)));
        }

        // then
        assertThat(clients).extracting(client -> client.join().status()).containsOnly(204);
        assertThat(occupied()).containsExactly(0, 0, 0);
    }

    private List<Integer> occupied() {
        return List.of("a", "b", "c").stream()
                .map(name -> gateway.get("/v1/limits/" + name)
                        .json()
                        .path("occupied")
                        .asInt())
                .toList();
    }

    private static String leaseId(Reply reply) {
        return reply.json().path("leaseId").asText();
    }
}
