package io.limitledger.gateway.process;

import io.limitledger.gateway.access.AccessSettings;
import io.limitledger.gateway.http.console.ConsoleMode;
import io.limitledger.gateway.http.server.HttpAddress;
import io.limitledger.topics.Role;
import java.time.Duration;
import java.util.stream.Stream;

/**
 * How a gateway serves.
 *
 * @param prefectWait how long clients of Prefect wait in the queue that do not say so themselves; zero to be answered at once, as
 *     Prefect's own server does
 * @param access how callers show who they are
 * @param console what the pages at /console offer
 */
public record GatewaySettings(HttpAddress address, Duration prefectWait, AccessSettings access, ConsoleMode console) {
    /** Those clients give up after a minute, and try again: the answer must reach them before. */
    public static final Duration LONGEST_PREFECT_WAIT = Duration.ofSeconds(50);

    public GatewaySettings {
        if (prefectWait.isNegative() || prefectWait.compareTo(LONGEST_PREFECT_WAIT) > 0) {
            throw new IllegalArgumentException("Expected a wait of 0 to " + LONGEST_PREFECT_WAIT.toSeconds()
                    + " seconds, because Prefect's clients give up after 60, but got " + prefectWait.toSeconds());
        }
    }

    /**
     * What a process with such a gateway does with Kafka.
     *
     * @param others what else it does
     */
    public Role[] roles(Role... others) {
        Stream<Role> own = access.isOn() ? Stream.of(Role.GATEWAY, Role.GATEKEEPER) : Stream.of(Role.GATEWAY);
        return Stream.concat(Stream.of(others), own).toArray(Role[]::new);
    }

    public static GatewaySettings at(HttpAddress address) {
        return new GatewaySettings(address, Duration.ZERO, AccessSettings.OFF, ConsoleMode.ON);
    }
}
