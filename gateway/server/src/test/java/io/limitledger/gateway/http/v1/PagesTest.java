package io.limitledger.gateway.http.v1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.limitledger.gateway.http.GatewayExtension;
import io.limitledger.gateway.http.GatewayExtension.Reply;
import io.limitledger.gateway.http.RawHttp;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Lists, read page by page. */
class PagesTest {
    @RegisterExtension
    static final GatewayExtension gateway = new GatewayExtension();

    @Test
    void listsLimitsByName() {
        // given
        for (String name : List.of("c", "a", "b2", "b1", "b3")) {
            gateway.put("/v1/limits/" + name, "{\"limit\": 1}");
        }

        // when
        List<String> all = read("/v1/limits?size=2", "limits", "name");
        List<String> some = read("/v1/limits?size=2&prefix=b", "limits", "name");

        // then
        assertThat(all).containsExactly("a", "b1", "b2", "b3", "c");
        assertThat(some).containsExactly("b1", "b2", "b3");
    }

    @Test
    void listsLeasesInOrderOfExpiry() {
        // given
        gateway.put("/v1/limits/pool", "{\"limit\": 10}");
        for (int seconds : new int[] {50, 10, 30, 10, 20}) {
            gateway.post("/v1/limits/pool/leases", "{\"leaseSeconds\": " + seconds + "}");
        }

        // when
        List<String> expiries = read("/v1/limits/pool/leases?size=2", "leases", "expiresAt");

        // then
        assertThat(expiries).hasSize(5).isSorted();
        assertThat(read("/v1/limits/pool/leases?size=1", "leases", "leaseId")).doesNotHaveDuplicates();
    }

    @Test
    void countsWaitersFromOneOnAllPages() {
        // given
        gateway.put("/v1/limits/pool", "{\"limit\": 0}");
        for (int i = 1; i <= 5; i++) {
            int waiting = i;
            CompletableFuture<Reply> unused =
                    gateway.sendAsync("POST", "/v1/limits/pool/leases", "{\"waitSeconds\": 60}");
            await().until(() ->
                    gateway.get("/v1/limits/pool").json().path("waiting").asInt() == waiting);
        }

        // when
        List<String> places = read("/v1/limits/pool/waiters?size=2", "waiters", "place");

        // then
        assertThat(places).containsExactly("1", "2", "3", "4", "5");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1/limits?prefix=&after=&size=",
                "/v1/limits/pool/leases?after=&size=",
                "/v1/limits/pool/waiters?after=&size=",
                "/v1/limits/pool/events?after=&size=",
                "/v1/limits/pool?at="
            })
    void takesAnEmptyParameterForNone(String path) {
        // given
        gateway.put("/v1/limits/pool", "{\"limit\": 1}");

        // when
        Reply reply = gateway.get(path);

        // then
        assertThat(reply.status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"prefix=%FF", "after=%C3", "prefix=%C3%28", "%ED%A0%80=1"})
    void refusesWhatIsNotUtf8(String query) {
        // when
        String answer = RawHttp.get(gateway.server().port(), "/v1/limits?" + query);

        // then
        assertThat(answer).startsWith("HTTP/1.1 400").contains("not UTF-8");
    }

    @ParameterizedTest
    @CsvSource({
        "/v1/limits?size=0, size",
        "/v1/limits?size=1001, size",
        "/v1/limits?size=many, size",
        "/v1/limits?size=%D9%A1%D9%A0, size",
        "/v1/limits/pool/events?after=%D9%A1, after",
        "/v1/limits?size=1&size=2, size",
        "/v1/limits?prefx=a, prefx",
        "/v1/limits/pool/leases?after=garbage, after",
        "/v1/limits/pool/waiters?after=MTI6eA, after",
    })
    void refusesAMistakenQuery(String path, String field) {
        // given
        gateway.put("/v1/limits/pool", "{\"limit\": 10}");

        // when
        Reply reply = gateway.get(path);

        // then
        assertThat(reply.status()).isEqualTo(422);
        assertThat(reply.json().path("errors").path(0).path("field").asText()).isEqualTo(field);
    }

    @ParameterizedTest
    @CsvSource({"/v1/limits/nothing", "/v1/limits/nothing/leases", "/v1/limits/nothing/waiters"})
    void findsNoLimit(String path) {
        // when
        Reply reply = gateway.get(path);

        // then
        assertThat(reply.status()).isEqualTo(404);
        assertThat(reply.problem()).isEqualTo("limit-not-found");
    }

    private List<String> read(String path, String list, String field) {
        List<String> found = new ArrayList<>();
        String after = "";
        while (after != null) {
            JsonNode page = gateway.get(path + after).json();
            page.path(list).forEach(item -> found.add(item.path(field).asText()));
            after = page.has("next") ? "&after=" + page.path("next").asText() : null;
        }
        return found;
    }
}
