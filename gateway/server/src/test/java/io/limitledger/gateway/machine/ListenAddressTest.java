package io.limitledger.gateway.machine;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

class ListenAddressTest {
    private static final String HOST = "127.0.0.1";

    @Test
    void shouldSayThatAPortIsInUse() throws Exception {
        // given
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = other.getLocalPort();

            // when
            assertThatThrownBy(() -> ListenAddress.check("--host", HOST, "--port", port))
                    // then
                    .isInstanceOf(StartException.class)
                    .hasMessage("--port " + port + " on 127.0.0.1 is in use: stop the process that listens there, or"
                            + " choose another port");
        }
    }

    @Test
    void shouldLeaveAFreePortFree() {
        // when
        ListenAddress.check("--host", HOST, "--port", 0);

        // then
        assertThatCode(() -> ListenAddress.check("--host", HOST, "--port", 0)).doesNotThrowAnyException();
    }
}
