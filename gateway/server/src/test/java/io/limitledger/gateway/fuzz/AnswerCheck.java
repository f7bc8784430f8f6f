package io.limitledger.gateway.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.limitledger.gateway.http.problem.ProblemType;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;

/** What each answer must be, whatever was asked. */
final class AnswerCheck {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String PROBLEM = "application/problem+json";
    private static final Set<String> TYPES = Arrays.stream(ProblemType.values())
            .map(type -> type.uri().toString())
            .collect(Collectors.toSet());

    private AnswerCheck() {}

    static void check(RawAnswer answer, boolean isHead) throws IOException {
        String type = answer.header("content-type").replaceFirst(";.*", "");
        boolean hasJson = type.endsWith("json") && answer.body().length > 0;
        JsonNode body = hasJson ? JSON.readTree(unpacked(answer)) : null;
        if (type.equals(PROBLEM) && body != null) {
            checkProblem(answer.status(), body);
        }
        if (!isOverloaded(answer.status(), body)) {
            assertThat(answer.status()).isBetween(101, 499);
        }
        if (answer.status() >= 400 && !isHead) {
            assertThat(type).isIn(PROBLEM, "application/json");
            assertThat(body).isNotNull();
        }
    }

    private static byte[] unpacked(RawAnswer answer) throws IOException {
        return answer.header("content-encoding").equals("gzip")
                ? new GZIPInputStream(new ByteArrayInputStream(answer.body())).readAllBytes()
                : answer.body();
    }

    private static void checkProblem(int status, JsonNode problem) {
        assertThat(problem.path("type").asText()).isIn(TYPES);
        assertThat(problem.path("title").asText()).isNotEmpty();
        assertThat(problem.path("status").asInt()).isEqualTo(status);
        // A sentence of ours, and not a library's.
        assertThat(problem.path("detail").asText())
                .matches("(?s)\\s*\\S+ \\S+ .+")
                .doesNotContain("Exception", "java.");
    }

    /** The contract has it where the past is read, by two at a time, and where events are streamed, to a hundred. */
    private static boolean isOverloaded(int status, JsonNode body) {
        return status == 503
                && body != null
                && body.path("retryAfterSeconds").asDouble() > 0
                && body.path("detail").asText().matches("Expected at most .* (read the past|streams of events) .*");
    }
}
