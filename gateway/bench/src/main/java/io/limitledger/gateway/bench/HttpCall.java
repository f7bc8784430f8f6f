package io.limitledger.gateway.bench;

import io.javalin.http.HandlerType;
import io.limitledger.core.command.AcquireLease;
import io.limitledger.core.command.LimitCommand;
import io.limitledger.core.command.ReleaseLease;
import io.limitledger.core.command.RenewLease;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A command as a request to the HTTP API.
 *
 * @param route its path with names in place of values
 * @param body empty for none
 */
record HttpCall(HandlerType method, String route, String path, String body) {
    private static final String LEASES = "/v1/limits/{name}/leases";
    private static final String LEASE = "/v1/leases/{leaseId}";
    private static final String RENEWAL = LEASE + "/renew";
    private static final String SEVERAL = "/v1/leases";
    private static final long MILLIS_PER_SECOND = 1_000;

    static HttpCall of(LimitCommand command) {
        if (command instanceof AcquireLease acquire && !acquire.siblings().isEmpty()) {
            return new HttpCall(HandlerType.POST, SEVERAL, SEVERAL, bodyOfSeveral(acquire));
        }
        if (command instanceof AcquireLease acquire) {
            return new HttpCall(HandlerType.POST, LEASES, LEASES.replace("{name}", acquire.limit()), body(acquire));
        }
        if (command instanceof RenewLease renew) {
            String leaseId = renew.leaseId().toString();
            String body = "{\"leaseSeconds\":" + renew.leaseMillis() / MILLIS_PER_SECOND + "}";
            return new HttpCall(HandlerType.POST, RENEWAL, RENEWAL.replace("{leaseId}", leaseId), body);
        }
        if (command instanceof ReleaseLease release) {
            String leaseId = release.leaseId().toString();
            return new HttpCall(HandlerType.DELETE, LEASE, LEASE.replace("{leaseId}", leaseId), "");
        }
        throw new IllegalArgumentException("Expected a command that workloads have over HTTP, but got " + command);
    }

    /** The request as it goes over the wire. */
    byte[] bytesTo(URI server) {
        String text = method.name() + " " + path + " HTTP/1.1\r\nHost: " + server.getAuthority()
                + (body.isEmpty() ? "" : "\r\nContent-Type: application/json\r\nContent-Length: " + body.length())
                + "\r\n\r\n" + body;
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static String bodyOfSeveral(AcquireLease acquire) {
        String names = Stream.concat(Stream.of(acquire.limit()), acquire.siblings().stream())
                .collect(Collectors.joining("\",\"", "{\"limits\":[\"", "\"],"));
        return names + body(acquire).substring(1);
    }

    private static String body(AcquireLease acquire) {
        return "{\"leaseId\":\"" + acquire.leaseId() + "\",\"slots\":" + acquire.slots() + ",\"leaseSeconds\":"
                + acquire.leaseMillis() / MILLIS_PER_SECOND + ",\"waitSeconds\":"
                + acquire.waitMillis() / MILLIS_PER_SECOND + "}";
    }
}
