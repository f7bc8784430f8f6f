package io.limitledger.gateway.http.v1;

import static org.assertj.core.api.Assertions.assertThat;

import io.limitledger.gateway.http.GatewayExtension;
import io.limitledger.gateway.http.GatewayExtension.Reply;
import java.net.http.HttpRequest.BodyPublishers;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Changes that are made only if a limit is as the client expects it. */
class ConditionalChangeTest {
    private static final String LIMIT = "/v1/limits/database";

    @RegisterExtension
    static final GatewayExtension gateway = new GatewayExtension();

    private String tag;

    @BeforeEach
    void createLimit() {
        gateway.put(LIMIT, "{\"limit\": 10, \"quotas\": [{\"slots\": 100, \"perSeconds\": 60}]}");
        tag = gateway.get(LIMIT).header("ETag");
    }

    @Test
    void shouldChangeWhatIsAsExpected() {
        // when
        Reply changed = send("PATCH", "If-Match", tag, "{\"limit\": 11}");

        // then
        assertThat(changed.status()).isEqualTo(200);
        assertThat(changed.header("ETag"))
                .isNotEqualTo(tag)
                .isEqualTo(gateway.get(LIMIT).header("ETag"));
    }

    @Test
    void shouldKeepTheTagWhileOnlyTheUseChanges() {
        // when
        gateway.post(LIMIT + "/leases", "{\"slots\": 3}");

        // then
        assertThat(gateway.get(LIMIT).header("ETag")).isEqualTo(tag);
        assertThat(gateway.get(LIMIT).header("Cache-Control")).isEqualTo("no-store");
    }

    @Test
    void shouldRefuseEachChangeOfWhatWasChangedMeanwhile() {
        // given
        gateway.patch(LIMIT, "{\"limit\": 12}");

        // when
        Reply put = send("PUT", "If-Match", tag, "{\"limit\": 1}");
        Reply patch = send("PATCH", "If-Match", tag, "{\"limit\": 1}");
        Reply rename = send("PATCH", "If-Match", tag, "{\"name\": \"other\"}");
        Reply delete = send("DELETE", "If-Match", tag, "");

        // then
        assertThat(put.status()).isEqualTo(412);
        assertThat(put.problem()).isEqualTo("limit-changed");
        assertThat(put.json().at("/current/limit").asInt()).isEqualTo(12);
        assertThat(put.header("ETag")).isEqualTo(gateway.get(LIMIT).header("ETag"));
        assertThat(patch.problem()).isEqualTo("limit-changed");
        assertThat(rename.problem()).isEqualTo("limit-changed");
        assertThat(delete.problem()).isEqualTo("limit-changed");
        assertThat(gateway.get(LIMIT).json().path("limit").asInt()).isEqualTo(12);
    }

    @Test
    void shouldTakeOneOfSeveralTagsAndAnyTag() {
        // then
        assertThat(send("PATCH", "If-Match", "\"other\", " + tag, "{\"limit\": 11}")
                        .status())
                .isEqualTo(200);
        assertThat(send("PATCH", "If-Match", "*", "{\"limit\": 12}").status()).isEqualTo(200);
    }

    @Test
    void shouldNotMakeAnewWhatWasDeleted() {
        // given
        gateway.delete(LIMIT);

        // when
        Reply put = send("PUT", "If-Match", tag, "{\"limit\": 1}");

        // then
        assertThat(put.problem()).isEqualTo("limit-changed");
        assertThat(put.json().has("current")).isFalse();
        assertThat(gateway.get(LIMIT).status()).isEqualTo(404);
    }

    @Test
    void shouldOnlyCreate() {
        // when
        Reply exists = send("PUT", "If-None-Match", "*", "{\"limit\": 1}");

        // then
        assertThat(exists.status()).isEqualTo(412);
        assertThat(exists.problem()).isEqualTo("limit-exists");
        assertThat(gateway.get(LIMIT).json().path("limit").asInt()).isEqualTo(10);
    }

    private static Reply send(String method, String header, String value, String json) {
        return gateway.send(gateway.request(LIMIT)
                        .method(method, BodyPublishers.ofString(json))
                        .header("Content-Type", "application/json")
                        .header(header, value)
                        .build())
                .join();
    }
}
