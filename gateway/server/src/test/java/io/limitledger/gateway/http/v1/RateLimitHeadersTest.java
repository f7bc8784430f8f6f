package io.limitledger.gateway.http.v1;

import static org.assertj.core.api.Assertions.assertThat;

import io.limitledger.core.reply.Granted;
import io.limitledger.core.state.Claim;
import io.limitledger.core.state.Lease;
import io.limitledger.core.state.Terms;
import io.limitledger.gateway.http.GatewayExtension;
import io.limitledger.gateway.http.GatewayExtension.Reply;
import io.limitledger.gateway.http.HttpAnswer;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What answers to acquires say of rates. It is 10:00 in UTC, 11:00 in Berlin. */
class RateLimitHeadersTest {
    @RegisterExtension
    static final GatewayExtension gateway = new GatewayExtension();

    @Test
    void saysWhatIsLeftOfADecay() {
        // given
        gateway.put("/v1/limits/api", "{\"limit\": 20, \"slotDecayPerSecond\": 5}");

        // when
        Reply reply = gateway.post("/v1/limits/api/leases", "{\"slots\": 3, \"leaseSeconds\": 0}");

        // then
        assertThat(reply.status()).isEqualTo(201);
        assertThat(reply.header("RateLimit-Policy")).isEqualTo("\"limit\";q=20;w=4");
        assertThat(reply.header("RateLimit")).isEqualTo("\"limit\";r=17;t=1");
    }

    @Test
    void saysWhatIsLeftOfEachQuotaAlsoToThoseThatAreDenied() {
        // given
        gateway.put(
                "/v1/limits/daily",
                "{\"quotas\": [{\"slots\": 5, \"per\": \"day\", \"zone\": \"Europe/Berlin\", \"at\": \"08:00\"},"
                        + " {\"slots\": 9, \"perSeconds\": 60}, {\"slots\": 90, \"per\": \"month\"}]}");
        gateway.post("/v1/limits/daily/leases", "{\"slots\": 4, \"leaseSeconds\": 0}");

        // when
        Reply reply = gateway.post("/v1/limits/daily/leases", "{\"slots\": 2, \"leaseSeconds\": 0}");

        // then
        assertThat(reply.problem()).isEqualTo("quota-used-up");
        assertThat(reply.header("Retry-After")).isEqualTo("75600");
        assertThat(reply.header("RateLimit-Policy"))
                .isEqualTo("\"quota-0\";q=5;w=86400, \"quota-1\";q=9;w=60, \"quota-2\";q=90");
        assertThat(reply.header("RateLimit"))
                .isEqualTo("\"quota-0\";r=1;t=75600, \"quota-1\";r=5;t=61, \"quota-2\";r=86;t=914400");
    }

    @Test
    void saysNothingOfALimitOnWhatIsHeldOrOneThatIsNotActive() {
        // given
        gateway.put("/v1/limits/database", "{\"limit\": 20}");
        gateway.put("/v1/limits/off", "{\"limit\": 20, \"slotDecayPerSecond\": 5, \"active\": false}");

        // when
        Reply held = gateway.post("/v1/limits/database/leases", "{}");
        Reply inactive = gateway.post("/v1/limits/off/leases", "{}");

        // then
        assertThat(held.header("RateLimit-Policy")).isNull();
        assertThat(held.header("Location")).isNotNull();
        assertThat(inactive.header("RateLimit")).isNull();
    }

    @Test
    void takesOffWhatTheViewHasNotSeenYet() {
        // given
        gateway.put("/v1/limits/api", "{\"quotas\": [{\"slots\": 7, \"perSeconds\": 60}]}");
        Claim claim = new Claim(UUID.randomUUID(), "api", 3, 0, null, List.of());
        Granted granted = new Granted(new Lease(claim, 0, 0, 0, 0, 0, null).granted(99L, null));
        RateLimitHeaders rates =
                new RateLimitHeaders(gateway.ledger(), gateway.ledger().clock());

        // when
        HttpAnswer answer = rates.on(HttpAnswer.noContent(), granted);

        // then
        assertThat(answer.headers()).containsEntry("RateLimit", "\"quota-0\";r=4;t=61");
    }

    @Test
    void saysWhatIsLeftToTheKey() {
        // given
        gateway.put(
                "/v1/limits/api",
                "{\"limit\": 20, \"perKey\": {\"limit\": 4, \"slotDecayPerSecond\": 2, \"quotas\": [{\"slots\": 7, \"per\": \"hour\"}]}}");
        Claim claim = new Claim(UUID.randomUUID(), "api", 1, 60_000, null, List.of())
                .on(new Terms("alice", 0, null, Terms.OnExpiry.CHARGE));
        Granted granted = new Granted(new Lease(claim, 0, 0, 0, 0, 60_000, null));
        RateLimitHeaders rates =
                new RateLimitHeaders(gateway.ledger(), gateway.ledger().clock());

        // when
        HttpAnswer answer = rates.on(HttpAnswer.noContent().withHeader("Location", "/here"), granted);

        // then
        assertThat(answer.headers())
                .containsEntry("Location", "/here")
                .containsEntry("RateLimit-Policy", "\"key\";q=4;w=2, \"key-quota-0\";q=7;w=3600")
                .containsEntry("RateLimit", "\"key\";r=4;t=0, \"key-quota-0\";r=7;t=3600");
    }
}
