package io.limitledger.gateway.http.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;

class ClientAddressTest {
    @Test
    void shouldTellAddressesApartAndNotPorts() throws Exception {
        // when
        Object client = ClientAddress.of(address("192.0.2.1", 1));

        // then
        assertThat(client).isEqualTo(ClientAddress.of(address("192.0.2.1", 2)));
        assertThat(client).isNotEqualTo(ClientAddress.of(address("192.0.2.2", 1)));
    }

    @Test
    void shouldCountANetworkOf64BitsAsOne() throws Exception {
        // when
        Object client = ClientAddress.of(address("2001:db8:1:2::1", 1));

        // then
        assertThat(client).isEqualTo(ClientAddress.of(address("2001:db8:1:2:3:4:5:6", 1)));
        assertThat(client).isNotEqualTo(ClientAddress.of(address("2001:db8:1:3::1", 1)));
    }

    @Test
    void shouldKnowATrustedProxy() throws Exception {
        // given
        InetAddress proxy = InetAddress.getAllByName("192.0.2.7")[0];
        ClientAddress clients = new ClientAddress(proxy::equals);

        // when
        boolean isProxy = clients.isProxy(address("192.0.2.7", 1));

        // then
        assertThat(isProxy).isTrue();
        assertThat(clients.isProxy(address("192.0.2.8", 1))).isFalse();
    }

    private static InetSocketAddress address(String host, int port) throws UnknownHostException {
        return new InetSocketAddress(InetAddress.getAllByName(host)[0], port);
    }
}
