package io.limitledger.gateway.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command {@code serve} as its user meets it. */
@Tag("broker")
class ServedProcessTest {
    @TempDir
    private Path data;

    /** On machines of two languages whose letters and digits differ from others'; starts without are in other tests. */
    @Test
    void startsAnswersStopsAndStartsAgainOnItsDataUnderAnyLanguageOfTheMachine() throws Exception {
        // given
        List<String> turkish = List.of("-Duser.language=tr", "-Duser.country=TR");
        List<String> thaiDigits = List.of("-Duser.language=th", "-Duser.country=TH", "-Duser.extensions=u-nu-thai");
        String lease;
        try (Server server = Server.start(data, thaiDigits)) {
            server.send("PUT", "/v1/limits/I", "{\"limit\": 2}");
            HttpResponse<String> granted = server.send("POST", "/v1/limits/I/leases", "{\"slots\": 2}");
            assertThat(granted.statusCode()).isEqualTo(201);
            lease = Server.json(granted).path("leaseId").asText();
            // when
            double seconds = server.stop();
            // then
            assertThat(seconds).isLessThan(10);
            assertThat(server.output()).contains("the broker listens on", "ready", "curl -X PUT");
            // Kafka's word for a busy machine, which the log of the jar leaves out.
            assertThat(server.output().lines().filter(line -> !line.contains("controller event queue overloaded")))
                    .noneMatch(line -> line.contains("ERROR"));
        }
        try (Server server = Server.start(data, turkish)) {
            assertThat(server.get("/v1/limits/I").path("occupied").asInt()).isEqualTo(2);
            assertThat(server.send("POST", "/v1/leases/" + lease + "/renew", "{}")
                            .statusCode())
                    .isEqualTo(200);
            assertThat(server.send("DELETE", "/v1/leases/" + lease, "").statusCode())
                    .isEqualTo(204);
            assertThat(server.get("/v1/limits/I").path("occupied").asInt()).isZero();
        }
        try (Stream<Path> files = Files.walk(data)) {
            assertThat(files.map(Path::toString)).allMatch(name -> name.chars().allMatch(letter -> letter < 128));
        }
    }
}
