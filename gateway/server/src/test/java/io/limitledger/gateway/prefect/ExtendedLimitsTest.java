package io.limitledger.gateway.prefect;

import static io.limitledger.gateway.prefect.PrefectServer.LIMITS;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.limitledger.gateway.http.GatewayExtension;
import io.limitledger.gateway.http.GatewayExtension.Reply;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Limits that say more than Prefect knows of: it shows what it can, and loses nothing. */
class ExtendedLimitsTest {
    private static final String TAGS = "/api/concurrency_limits";
    private static final String QUOTAS_ONLY =
            "{\"quotas\": [{\"slots\": 3, \"per\": \"day\", \"zone\": \"Europe/Berlin\"," + " \"at\": \"08:00\"}]}";
    private static final String EVERYTHING =
            "{\"limit\": 10, \"quotas\": [{\"slots\": 5, \"perSeconds\": 60}], \"perKey\":"
                    + " {\"limit\": 2, \"maxWaiting\": 3}, \"order\": \"fair\", \"maxWaiting\": 7, \"whenFull\": \"replaceOldest\"}";

    @RegisterExtension
    static final GatewayExtension gateway = new GatewayExtension();

    @Test
    void showsALimitThatBoundsNothingOccupiedAsTheLargestThereIs() {
        // given
        gateway.put("/v1/limits/tag:daily", QUOTAS_ONLY);

        // when
        JsonNode limit = gateway.get(LIMITS + "/tag:daily").json();
        JsonNode ofTag = gateway.get(TAGS + "/tag/daily").json();

        // then
        assertThat(limit.path("limit").asLong()).isEqualTo(2_147_483_647);
        assertThat(limit.has("quotas")).isFalse();
        assertThat(ofTag.path("concurrency_limit").asLong()).isEqualTo(2_147_483_647);
    }

    @Test
    void keepsWhatItDoesNotKnowWhenItPatches() {
        // given
        JsonNode before = gateway.put("/v1/limits/api", EVERYTHING).json();

        // when
        Reply reply =
                gateway.patch(LIMITS + "/api", "{\"limit\": 12, \"active\": true, \"slot_decay_per_second\": 0.5}");

        // then
        assertThat(reply.status()).isEqualTo(204);
        JsonNode after = gateway.get("/v1/limits/api").json();
        assertThat(after.path("limit").asLong()).isEqualTo(12);
        assertThat(after.path("slotDecayPerSecond").asDouble()).isEqualTo(0.5);
        for (String field : new String[] {"quotas", "perKey", "order", "maxWaiting", "whenFull"}) {
            assertThat(after.path(field)).describedAs(field).isEqualTo(before.path(field));
        }
    }

    /** As provisioning tools do. */
    @Test
    void takesTheNumberThatItShowedForNoChange() {
        // given
        JsonNode before = gateway.put("/v1/limits/tag:daily", QUOTAS_ONLY).json();

        // when
        Reply patched = gateway.patch(LIMITS + "/tag:daily", "{\"name\": \"tag:daily\", \"limit\": 2147483647}");
        Reply put = gateway.post(TAGS + "/", "{\"tag\": \"daily\", \"concurrency_limit\": 2147483647}");

        // then
        assertThat(patched.status()).isEqualTo(204);
        assertThat(put.status()).isEqualTo(200);
        JsonNode after = gateway.get("/v1/limits/tag:daily").json();
        assertThat(after.has("limit")).isFalse();
        assertThat(after.path("quotas")).isEqualTo(before.path("quotas"));
    }

    @Test
    void givesALimitToOneThatHadNoneAndRefusesADecayWithout() {
        // given
        gateway.put("/v1/limits/daily", QUOTAS_ONLY);

        // when
        Reply decay = gateway.patch(LIMITS + "/daily", "{\"slot_decay_per_second\": 1}");
        Reply limit = gateway.patch(LIMITS + "/daily", "{\"limit\": 4}");

        // then
        assertThat(decay.status()).isEqualTo(422);
        assertThat(decay.text()).contains("slotDecayPerSecond");
        assertThat(limit.status()).isEqualTo(204);
        assertThat(gateway.get("/v1/limits/daily").json().path("limit").asLong())
                .isEqualTo(4);
    }

    @Test
    void takesSlotsOfAQuotaAndSaysWhenTheyReturn() {
        // given: it is 10:00 in UTC, 11:00 in Berlin
        gateway.put("/v1/limits/daily", QUOTAS_ONLY);

        // when
        Reply granted = increment(3);
        Reply denied = increment(1);
        Reply never = increment(4);

        // then
        assertThat(granted.status()).isEqualTo(200);
        assertThat(denied.status()).isEqualTo(423);
        assertThat(Double.parseDouble(denied.header("Retry-After"))).isEqualTo(21 * 3_600.0);
        assertThat(never.status()).isEqualTo(422);
    }

    private static Reply increment(int slots) {
        return gateway.post(
                LIMITS + "/increment", "{\"names\": [\"daily\"], \"slots\": " + slots + ", \"mode\": \"rate_limit\"}");
    }
}
