package io.limitledger.gateway.embedded;

import io.limitledger.gateway.machine.StartException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/**
 * The ports of the listeners: of the broker, of its controller, and where others sign in to a broker that asks for that; 0 for none.
 *
 * <p>Both are found before Kafka starts: the controller's address is needed in the settings, and the broker that
 * Kafka starts does not report which port it got.
 */
record Ports(int broker, int controller, int users) {
    private static final byte[] ADDRESS = {127, 0, 0, 1};

    static Ports find(int wantedPort) throws IOException {
        // Both open at once, so that they cannot be the same.
        try (ServerSocket broker = open(wantedPort);
                ServerSocket controller = open(0)) {
            return new Ports(broker.getLocalPort(), controller.getLocalPort(), 0);
        }
    }

    /** For a broker that asks for a sign-in. */
    static Ports findWithUsers(int wantedPort) throws IOException {
        try (ServerSocket broker = open(0);
                ServerSocket controller = open(0);
                ServerSocket users = open(wantedPort)) {
            return new Ports(
                    broker.getLocalPort(), controller.getLocalPort(), wantedPort == 0 ? 0 : users.getLocalPort());
        }
    }

    private static ServerSocket open(int port) {
        try {
            return new ServerSocket(port, 1, InetAddress.getByAddress(ADDRESS));
        } catch (IOException e) {
            throw new StartException(
                    "Expected to listen on " + BrokerSettings.HOST + ":" + port + ", but " + e.getMessage()
                            + ". Stop the process that uses this port, or choose another port.",
                    e);
        }
    }
}
