package io.limitledger.gateway.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import io.limitledger.gateway.http.Contract;
import io.limitledger.gateway.http.Contract.Call;
import io.limitledger.gateway.prefect.random.RandomRequests;
import io.limitledger.gateway.prefect.random.RandomRequests.Request;
import java.net.URLEncoder;
import java.util.List;
import java.util.Random;

/** Requests before they are framed: of the native interface from its contract, of Prefect's from its own tests. */
final class RandomDrafts {
    private static final List<String> SEGMENTS = List.of(
            "",
            ".",
            "..",
            "%2e%2e",
            "%2F",
            "a%2Fb",
            "%",
            "%2",
            "%zz",
            "%00",
            "%0d%0a",
            "%ff",
            "%C3%28",
            "%F0%9F%98%80",
            "%ED%A0%80",
            "%u0041",
            "a b",
            "a;x=y",
            ";",
            "a%25b",
            "a+b",
            "\u00e4",
            "\u0000",
            "\u007f",
            "\\",
            "\"",
            "|",
            "<x>",
            "{name}",
            "*",
            "//",
            "#",
            "?",
            "a?b",
            "leases",
            "x".repeat(256),
            "%61".repeat(300),
            "x".repeat(9_000));
    private static final List<String> QUERIES = List.of(
            "?",
            "?&",
            "?=",
            "?size",
            "?size=",
            "?size=0",
            "?size=-1",
            "?size=1001",
            "?size=1&size=2",
            "?size=1e3",
            "?size=%",
            "?size=%ff",
            "?after=%00",
            "?after=99999999999999999999",
            "?after=-1",
            "?after=1-1-1-1",
            "?prefix=%C3%28",
            "?at=now",
            "?at=2026-11-20T10:00:00Z",
            "?at=-999999999-01-01T00:00:00Z",
            "?at=+999999999-12-31T23:59:59Z",
            "?at=0",
            "?limit=a&limit=b",
            "?limit=",
            "?x=y",
            "?" + "a=b&".repeat(2_000));
    /** Of those that never end only a few, or there would be no more room for another. */
    private static final int STREAMS_LEFT_OUT = 20;

    private final Random random;
    private final SchemaJson json;
    private final RandomRequests prefect;
    private final List<Call> calls = Contract.contract().calls();

    RandomDrafts(long seed, Random random) {
        this.random = random;
        this.json = new SchemaJson(random);
        this.prefect = new RandomRequests(seed);
    }

    Draft next() {
        return chance(3) ? ofPrefect() : ofContract();
    }

    String odd() {
        return json.odd();
    }

    private Draft ofPrefect() {
        Request request = prefect.next();
        String query = chance(30) ? pick(QUERIES) : "";
        return new Draft(request.method(), request.path() + query, bytes(request.body()));
    }

    private Draft ofContract() {
        Call call = pick(calls);
        while (call.template().equals("/v1/events") && !chance(STREAMS_LEFT_OUT)) {
            call = pick(calls);
        }
        String body = call.body().isMissingNode() ? null : json.value(call.body());
        if (chance(40)) {
            body = chance(2) ? null : json.odd();
        }
        return new Draft(call.method(), target(call), bytes(body));
    }

    private String target(Call call) {
        String target = call.template();
        StringBuilder query = new StringBuilder();
        for (JsonNode parameter : call.parameters()) {
            String name = parameter.path("name").asText();
            if (parameter.path("in").asText().equals("path")) {
                target = target.replace("{" + name + "}", segment(parameter));
            } else if (parameter.path("in").asText().equals("query") && chance(3)) {
                query.append(query.isEmpty() ? '?' : '&')
                        .append(name)
                        .append('=')
                        .append(encoded(parameter));
            }
        }
        if (chance(60)) {
            target = target + "/" + pick(SEGMENTS);
        }
        if (chance(200)) {
            target = chance(2) ? "http://localhost" + target : target.substring(1);
        }
        return target + (chance(20) ? pick(QUERIES) : query.toString());
    }

    private String segment(JsonNode parameter) {
        return chance(15) ? pick(SEGMENTS) : encoded(parameter);
    }

    private String encoded(JsonNode parameter) {
        return URLEncoder.encode(json.text(parameter.path("schema")), UTF_8).replace("+", "%20");
    }

    private static byte[] bytes(String text) {
        return text == null ? null : text.getBytes(UTF_8);
    }

    private boolean chance(int many) {
        return random.nextInt(many) == 0;
    }

    private <T> T pick(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }
}
