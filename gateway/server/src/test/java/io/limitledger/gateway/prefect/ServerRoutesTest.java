package io.limitledger.gateway.prefect;

import static org.assertj.core.api.Assertions.assertThat;

import io.limitledger.gateway.prefect.PrefectServer.Reply;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a server says about itself. */
@Tag("broker")
class ServerRoutesTest {
    @RegisterExtension
    final PrefectServer server = new PrefectServer();

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            /health | true
            /version | "0.8.4"
            /hello | "👋"
            /ready | {"message":"OK"}
            /admin/version | "3.8.4"
            /admin/settings | {"server":{"analytics_enabled":false}}
            """)
    void saysWhatItIs(String path, String body) {
        // when
        Reply reply = server.get("/api" + path);

        // then
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.text()).isEqualTo(body);
    }

    @Test
    void knowsNoTaskRuns() {
        // when
        Reply reply = server.post(
                "/api/task_runs/filter",
                "{\"task_runs\":{\"id\":{\"any_\":[\"5f1b9a4e-35bf-4ac0-9d7c-8ab0fd4d7c10\"]},\"operator\":\"or_\"},"
                        + "\"sort\":\"NAME_DESC\",\"offset\":0}");

        // then
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.text()).isEqualTo("[]");
    }

    @Test
    void isNotReadyWhileAPartIsNot() {
        // given
        server.setReady(false);

        // when
        Reply reply = server.get("/api/ready");

        // then
        assertThat(reply.status()).isEqualTo(503);
    }

    @Test
    void clientsDoWithoutCsrfTokens() {
        // when
        Reply reply = server.get("/api/csrf-token?client=5f1b9a4e-35bf-4ac0-9d7c-8ab0fd4d7c10");

        // then
        assertThat(reply.status()).isEqualTo(422);
        assertThat(reply.detail()).isEqualTo("CSRF protection is disabled.");
    }

    @Test
    void aTokenIsForAClient() {
        // when
        Reply reply = server.get("/api/csrf-token");

        // then
        assertThat(reply.firstMistake()).isEqualTo("422 missing [\"query\",\"client\"] Field required");
        assertThat(reply.json().path("request_body").isNull()).isTrue();
    }
}
