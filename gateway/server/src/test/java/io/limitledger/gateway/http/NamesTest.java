package io.limitledger.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.limitledger.gateway.http.GatewayExtension.Reply;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Names of limits in addresses. */
class NamesTest {
    private static final List<String> GOOD = List.of(
            "a b",
            " ",
            "ü",
            "日本語",
            "😀",
            "a\\b",
            "a\"b",
            "a'b",
            "a;b",
            "a=b",
            "a+b",
            "a?b",
            "a#b",
            "a:b",
            "{name}",
            "leases",
            "|",
            "x".repeat(255));

    private static final List<String> BAD = List.of(
            "a/b",
            "a%b",
            "a&b",
            "a<b",
            "a>b",
            "a\nb",
            "a\u007fb",
            "a\u0085b",
            "\u0001",
            "x".repeat(256),
            "😀".repeat(128));

    private static final List<String> UNREADABLE = List.of("a%00b", "%ff", "%C3", "%ED%A0%80");

    @RegisterExtension
    static final GatewayExtension gateway = new GatewayExtension();

    private static String path(String name) {
        return "/v1/limits/" + URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
    }

    @Test
    void mayHaveNearlyAnyCharacter() {
        for (String name : GOOD) {
            Reply created = gateway.put(path(name), "{\"limit\": 1}");
            assertThat(created.status()).describedAs(name).isEqualTo(201);
            assertThat(created.json().path("name").asText()).isEqualTo(name);
            assertThat(gateway.get(created.header("Location")).status()).isEqualTo(200);
            assertThat(gateway.post(path(name) + "/leases", null).status()).isEqualTo(201);
            assertThat(gateway.get(path(name) + "/leases").json().path("leases").size())
                    .isEqualTo(1);
            assertThat(gateway.delete(path(name)).status()).isEqualTo(204);
        }
    }

    @Test
    void mayNotHaveSome() {
        for (String name : BAD) {
            assertThat(List.of(
                            gateway.put(path(name), "{\"limit\": 1}"),
                            gateway.patch(path(name), "{\"limit\": 1}"),
                            gateway.get(path(name)),
                            gateway.delete(path(name)),
                            gateway.post(path(name) + "/leases", null),
                            gateway.get(path(name) + "/leases"),
                            gateway.get(path(name) + "/waiters")))
                    .describedAs(name)
                    .allSatisfy(reply -> {
                        assertThat(reply.status()).isEqualTo(422);
                        assertThat(reply.json().path("errors").findValuesAsText("field"))
                                .containsExactly("name");
                    });
        }
    }

    @Test
    void mayNotBeStepsInAPath() {
        for (String name : List.of(".", "..")) {
            assertThat(List.of(
                            gateway.put(path(name).replace(".", "%2E"), "{\"limit\": 1}"),
                            gateway.patch("/v1/limits/a", "{\"name\": \"" + name + "\"}")))
                    .describedAs(name)
                    .extracting(Reply::status)
                    .containsOnly(422);
        }
    }

    @Test
    void mustBeWholeUtf8() {
        for (String name : UNREADABLE) {
            assertThat(RawHttp.get(gateway.server().port(), "/v1/limits/" + name))
                    .describedAs(name)
                    .startsWith("HTTP/1.1 400")
                    .contains("/problems/unreadable-request");
        }
    }
}
