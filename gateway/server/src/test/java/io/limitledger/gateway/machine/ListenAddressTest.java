package io.limitledger.gateway.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "127.1.2.3", "localhost", "::1", "::ffff:127.0.0.1"})
    void shouldKnowWhatOnlyThisMachineReaches(String host) {
        // when
        boolean isLoopback = ListenAddress.isLoopback(host);

        // then
        assertThat(isLoopback).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "::", "192.0.2.1", "no.such.invalid"})
    void shouldKnowWhatOthersMayReach(String host) {
        // when
        boolean isLoopback = ListenAddress.isLoopback(host);

        // then
        assertThat(isLoopback).isFalse();
    }
}
