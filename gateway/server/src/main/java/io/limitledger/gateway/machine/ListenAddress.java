package io.limitledger.gateway.machine;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Locale;

/** An address to listen on. It is tried before anything is started, so that a mistake in it costs nothing. */
public final class ListenAddress {
    private static final int LAST_PORT = 65_535;
    private static final int FIRST_FREE_FOR_ALL = 1_024;

    private ListenAddress() {}

    /**
     * Listens there for a moment.
     *
     * @param hostOption how the user names the host, such as {@code --host}
     * @param portOption how the user names the port
     * @throws StartException if it cannot be listened on; the message names the option and the way out
     */
    public static void check(String hostOption, String host, String portOption, int port) {
        checkPort(portOption, port);
        try (ServerSocket socket = new ServerSocket()) {
            // As servers do, so that connections of the one before, which the system keeps for a while, are no
            // hindrance.
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getByName(host), port));
        } catch (UnknownHostException e) {
            throw new StartException(hostOption + " is '" + host + "', which is not an address of this machine", e);
        } catch (IOException e) {
            throw new StartException(inWords(e, hostOption, host, portOption, port), e);
        }
    }

    /**
     * Checks the number only.
     *
     * @throws StartException if no port has it
     */
    public static void checkPort(String portOption, int port) {
        if (port < 0 || port > LAST_PORT) {
            throw new StartException(
                    portOption + " is " + port + "; it must be 1 to " + LAST_PORT + ", or 0 for any free port");
        }
    }

    /** Whether only programs of this machine can reach a server there; false also for what is no address of it. */
    public static boolean isLoopback(String host) {
        try {
            return Arrays.stream(InetAddress.getAllByName(host)).allMatch(InetAddress::isLoopbackAddress);
        } catch (UnknownHostException e) {
            return false;
        }
    }

    private static String inWords(IOException failure, String hostOption, String host, String portOption, int port) {
        String reason = String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT);
        if (reason.contains("in use")) {
            return portOption + " " + port + " on " + host
                    + " is in use: stop the process that listens there, or choose another port";
        }
        if (reason.contains("permission denied") && port < FIRST_FREE_FOR_ALL) {
            return portOption + " " + port + " is below " + FIRST_FREE_FOR_ALL
                    + ", where this user may not listen: choose another port";
        }
        if (failure instanceof BindException && reason.contains("assign")) {
            return hostOption + " is '" + host + "', which is not an address of this machine";
        }
        return "cannot listen on " + host + ":" + port + " (" + hostOption + ", " + portOption + "): "
                + failure.getMessage();
    }
}
