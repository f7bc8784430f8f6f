package io.limitledger.gateway.prefect;

import static org.assertj.core.api.Assertions.assertThat;

import io.limitledger.gateway.http.GatewayExtension;
import io.limitledger.gateway.http.KnownTokens;
import io.limitledger.gateway.http.SessionClient;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The socket for events of a gateway that must know who asks. */
class EventsSocketAccessTest {
    private static final KnownTokens TOKENS = new KnownTokens();

    @RegisterExtension
    static final GatewayExtension GATEWAY = new GatewayExtension(TOKENS.gatekeeper());

    private static final String TOKEN = TOKENS.allow("worker", "hold:*");

    @ParameterizedTest
    @ValueSource(strings = {"", "user:"})
    void takesTheTokenThatClientsSendFirst(String user) {
        // given
        SessionClient client = connect(builder().subprotocols("prefect"));

        // when
        client.send("{\"type\":\"auth\",\"token\":\"" + user + TOKEN + "\"}");

        // then
        assertThat(client.line()).isEqualTo("{\"type\":\"auth_success\"}");
        client.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "\"\"", "\"wrong\"", "\"user:wrong\""})
    void endsWithoutAValidToken(String token) {
        // given
        SessionClient client = connect(builder().subprotocols("prefect"));

        // when
        client.send("{\"type\":\"auth\",\"token\":" + token + "}");

        // then
        assertThat(client.line()).isEqualTo("closed 1008 The token is not valid");
    }

    @Test
    void endsAtOnceForAClientThatCannotSayWhoItIs() {
        // when
        SessionClient client = connect(builder());

        // then
        assertThat(client.line()).startsWith("closed 1008 ");
    }

    @Test
    void knowsAClientByItsHandshake() {
        // given
        SessionClient client =
                connect(builder().header("Authorization", "Bearer " + TOKEN).subprotocols("prefect"));

        // when
        client.send("{\"type\":\"auth\",\"token\":null}");

        // then
        assertThat(client.line()).isEqualTo("{\"type\":\"auth_success\"}");
        client.close();
    }

    private static WebSocket.Builder builder() {
        return HttpClient.newHttpClient().newWebSocketBuilder();
    }

    private static SessionClient connect(WebSocket.Builder builder) {
        return SessionClient.connect(builder, GATEWAY.server().port(), "/api/events/in");
    }
}
