package io.limitledger.gateway.bench;

import io.javalin.http.HandlerType;
import io.limitledger.core.command.AcquireLease;
import io.limitledger.core.command.LimitCommand;
import io.limitledger.core.command.ReleaseLease;
import io.limitledger.core.command.RenewLease;

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
    private static final long MILLIS_PER_SECOND = 1_000;

    static HttpCall of(LimitCommand command) {
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

    private static String body(AcquireLease acquire) {
        return "{\"leaseId\":\"" + acquire.leaseId() + "\",\"slots\":" + acquire.slots() + ",\"leaseSeconds\":"
                + acquire.leaseMillis() / MILLIS_PER_SECOND + ",\"waitSeconds\":"
                + acquire.waitMillis() / MILLIS_PER_SECOND + "}";
    }
}
