package io.limitledger.gateway.cli;

import io.limitledger.gateway.machine.ListenAddress;
import io.limitledger.gateway.machine.StartException;
import picocli.CommandLine.Option;

/** How callers of a gateway prove who they are. */
final class AuthOptions {
    @Option(
            names = "--insecure-no-auth",
            description = "Listen where other machines reach it although there is no authentication:"
                    + " then every client that does may read and change all limits and leases.")
    private boolean insecure;

    /**
     * Keeps a gateway from being open to a network by accident.
     *
     * @throws StartException if others than this machine reach it, its callers are not authenticated, and that was not asked for
     */
    void check(String host) {
        if (isOpenToNetwork(host) && !insecure) {
            throw new StartException("--host is " + host + ", where other machines reach this gateway, and without"
                    + " authentication every client may read and change all limits and leases. Authenticate them with"
                    + " --auth token, or let them all in with --insecure-no-auth");
        }
    }

    /** Whether callers are authenticated, so that no other door may stand open either. */
    boolean isOn() {
        return false;
    }

    /** Whether clients of other machines may do everything. */
    boolean isOpenToNetwork(String host) {
        return !ListenAddress.isLoopback(host);
    }
}
