package io.limitledger.gateway.prefect.clients;

import static org.assertj.core.api.Assertions.assertThat;

import io.limitledger.gateway.prefect.PrefectServer;
import io.limitledger.gateway.prefect.PrefectServer.Reply;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What clients of the reference send, request by request as it was recorded, and what they rely on in the answers. */
@Tag("broker")
class RecordedTrafficTest {
    private static final String V2 = PrefectServer.LIMITS;
    private static final String CSRF = "/api/csrf-token?client=5f1b9a4e-35bf-4ac0-9d7c-8ab0fd4d7c10";

    @RegisterExtension
    final PrefectServer server = new PrefectServer();

    private final List<Integer> statuses = new ArrayList<>();

    @Test
    void withConcurrency() {
        // given
        server.create("database", "\"limit\": 2");

        // when
        send("GET", CSRF, null);
        Reply acquired = send(
                "POST",
                V2 + "/increment-with-lease",
                "{\"names\":[\"database\"],\"slots\":1,\"mode\":\"concurrency\",\"lease_duration\":300,\"holder\":null}");
        String lease = acquired.json().path("lease_id").asText();
        send("GET", CSRF, null);
        send("POST", V2 + "/leases/" + lease + "/renew", "{\"lease_duration\":300}");
        send("GET", CSRF, null);
        send("POST", V2 + "/decrement-with-lease", "{\"lease_id\":\"" + lease + "\"}");

        // then
        assertThat(statuses).containsExactly(422, 200, 422, 204, 422, 204);
        assertThat(server.activeSlots("database")).isZero();
    }

    @Test
    void withConcurrencyThatHasToWait() {
        // given
        server.create("database", "\"limit\": 1");
        UUID held = server.lease(1, "database");
        String acquire =
                "{\"names\":[\"database\"],\"slots\":1,\"mode\":\"concurrency\",\"lease_duration\":300,\"holder\":null}";

        // when
        Reply locked = send("POST", V2 + "/increment-with-lease", acquire);
        server.release(held);
        send("POST", V2 + "/increment-with-lease", acquire);

        // then
        assertThat(locked.retryAfter()).isPositive();
        assertThat(statuses).containsExactly(423, 200);
    }

    @Test
    void rateLimit() {
        // given
        server.create("calls", "\"limit\": 1, \"slot_decay_per_second\": 2");
        String take = "{\"names\":[\"calls\"],\"slots\":1,\"mode\":\"rate_limit\"}";

        // when
        send("GET", CSRF, null);
        send("POST", V2 + "/increment", take);
        Reply locked = send("POST", V2 + "/increment", take);
        server.advance(locked.retryAfter());
        send("POST", V2 + "/increment", take);

        // then
        assertThat(locked.retryAfter()).isEqualTo(0.5);
        assertThat(statuses).containsExactly(422, 200, 423, 200);
    }

    @Test
    void gclCreateInspectAndList() {
        // when
        send("GET", V2 + "/database", null);
        send("GET", CSRF, null);
        Reply created = send(
                "POST",
                V2 + "/",
                "{\"name\":\"database\",\"limit\":5,\"active\":true,\"active_slots\":0,\"slot_decay_per_second\":0.0}");
        Reply shown = send("GET", V2 + "/database", null);
        Reply listed = send("POST", V2 + "/filter", "{\"limit\":100,\"offset\":0}");

        // then
        assertThat(statuses).containsExactly(404, 422, 201, 200, 200);
        assertThat(created.json().path("id").asText()).isNotEmpty();
        for (String key : new String[] {
            "id", "created", "updated", "active", "name", "limit", "active_slots", "slot_decay_per_second"
        }) {
            assertThat(shown.json().hasNonNull(key)).as(key).isTrue();
            assertThat(listed.json().path(0).hasNonNull(key)).as(key).isTrue();
        }
    }

    @Test
    void gclUpdatePrintsTheFirstMistake() {
        // given
        server.create("database", "\"limit\": 2");

        // when
        send("GET", CSRF, null);
        send("PATCH", V2 + "/database", "{\"limit\":3,\"slot_decay_per_second\":0.5}");
        Reply refused = send("PATCH", V2 + "/database", "{\"limit\":99999999999}");
        send("PATCH", V2 + "/nowhere", "{\"limit\":3}");

        // then
        assertThat(statuses).containsExactly(422, 204, 422, 404);
        assertThat(refused.json().path("exception_detail").path(0).path("msg").asText())
                .isEqualTo("Input should be less than or equal to 2147483647");
    }

    @Test
    void gclDisableAndEnable() {
        // given
        server.create("database", "\"limit\": 2");

        // when
        for (boolean active : new boolean[] {false, true}) {
            Reply before = send("GET", V2 + "/database", null);
            assertThat(before.json().path("active").asBoolean()).isEqualTo(!active);
            send("GET", CSRF, null);
            send("PATCH", V2 + "/database", "{\"active\":" + active + "}");
        }

        // then
        assertThat(statuses).containsExactly(200, 422, 204, 200, 422, 204);
    }

    @Test
    void gclDelete() {
        // given
        server.create("database", "\"limit\": 2");

        // when
        send("GET", V2 + "/database", null);
        send("GET", CSRF, null);
        send("DELETE", V2 + "/database", null);
        send("GET", V2 + "/database", null);

        // then
        assertThat(statuses).containsExactly(200, 422, 204, 404);
    }

    @Test
    void terraformAppliesReadsChangesAndDestroys() {
        // given
        String api =
                "/api/accounts/5f1b9a4e-35bf-4ac0-9d7c-8ab0fd4d7c10/workspaces/0c9d6b4f-6a0e-4f53-8d2c-2a3ad0b4f6c1"
                        + "/v2/concurrency_limits/";
        String body = "{\"active\":true,\"name\":\"%s\",\"limit\":%d,\"active_slots\":0,\"slot_decay_per_second\":0}";

        // when
        Reply created = send("POST", api, body.formatted("database", 5));
        String id = created.json().path("id").asText();
        send("GET", api + id, null);
        send("PATCH", api + id, body.formatted("database", 6));
        send("GET", api + id, null);
        send("PATCH", api + id, body.formatted("files", 6));
        Reply renamed = send("GET", api + id, null);
        send("GET", api + "files", null);
        send("DELETE", api + id, null);
        send("GET", api + id, null);

        // then
        assertThat(statuses).containsExactly(201, 200, 204, 200, 204, 200, 200, 204, 404);
        assertThat(created.json().path("created").asText()).isNotEmpty();
        assertThat(renamed.json().path("name").asText()).isEqualTo("files");
        assertThat(renamed.json().path("limit").isIntegralNumber()).isTrue();
    }

    @Test
    void terraformDoesNotTakeSlotsFromThoseWhoHoldThem() {
        // given
        String id = server.create("database", "\"limit\": 5").json().path("id").asText();
        server.lease(3, "database");

        // when
        send(
                "PATCH",
                V2 + "/" + id,
                "{\"active\":true,\"name\":\"database\",\"limit\":5,\"active_slots\":0,\"slot_decay_per_second\":0}");

        // then
        assertThat(statuses).containsExactly(204);
        assertThat(server.activeSlots("database")).isEqualTo(3);
    }

    @Test
    void theUserInterfaceListsBothKindsOfLimits() {
        // given
        server.create("database", "\"limit\": 5");
        server.create("tag:etl", "\"limit\": 5");

        // when
        Reply global = send("POST", V2 + "/filter", "{\"offset\":0}");
        Reply tags = send("POST", "/api/concurrency_limits/filter", "{\"offset\":0}");

        // then
        assertThat(global.json().findValuesAsText("name")).containsExactly("database", "tag:etl");
        assertThat(tags.json().findValuesAsText("tag")).containsExactly("etl");
    }

    @Test
    void theUserInterfaceResetsAndEdits() {
        // given
        String id = server.create("database", "\"limit\": 5").json().path("id").asText();
        server.lease(2, "database");
        server.increment(2, "database");

        // when
        send(
                "PATCH",
                V2 + "/" + id,
                "{\"active\":true,\"name\":\"database\",\"limit\":6,\"active_slots\":4,\"denied_slots\":0,"
                        + "\"slot_decay_per_second\":0}");
        long afterEdit = server.activeSlots("database");
        send("PATCH", V2 + "/" + id, "{\"active_slots\":0}");

        // then
        assertThat(statuses).containsExactly(204, 204);
        assertThat(afterEdit).isEqualTo(4);
        assertThat(server.activeSlots("database")).isEqualTo(2);
    }

    @Test
    void aTaskWithTagsTakesTheirSlotsByTheNewRoutes() {
        // given
        server.create("tag:etl", "\"limit\": 1");
        String acquire =
                "{\"names\":[\"tag:etl\",\"tag:other\"],\"slots\":1,\"mode\":\"concurrency\",\"lease_duration\":60,"
                        + "\"holder\":{\"type\":\"task_run\",\"id\":\"5f1b9a4e-35bf-4ac0-9d7c-8ab0fd4d7c10\"}}";

        // when
        send("POST", V2 + "/increment-with-lease", acquire);
        Reply tag = send("GET", "/api/concurrency_limits/tag/etl", null);

        // then
        assertThat(statuses).containsExactly(200, 200);
        assertThat(tag.json().path("active_slots").path(0).asText()).isEqualTo("5f1b9a4e-35bf-4ac0-9d7c-8ab0fd4d7c10");
    }

    /** As Prefect's client does: with its version, and whatever it sends along. */
    private Reply send(String method, String path, String json) {
        BodyPublisher body = json == null ? BodyPublishers.noBody() : BodyPublishers.ofString(json);
        Reply reply = server.send(server.request(path)
                .header("X-PREFECT-API-VERSION", "0.8.4")
                .header("User-Agent", "prefect/3.8.4 (API 0.8.4)")
                .header("Accept", "*/*")
                .header("Authorization", "Basic dXNlcjpzZWNyZXQ=")
                .header("Content-Type", "application/json")
                .method(method, body)
                .build());
        statuses.add(reply.status());
        return reply;
    }
}
