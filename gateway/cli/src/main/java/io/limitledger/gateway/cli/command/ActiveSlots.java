package io.limitledger.gateway.cli.command;

import io.limitledger.gateway.cli.client.Address;
import io.limitledger.gateway.cli.client.GatewayClient;
import java.util.Map;

/** Slots that are occupied without a lease: only Prefect's interface knows them. */
final class ActiveSlots {
    private ActiveSlots() {}

    static void set(GatewayClient gateway, String limit, long slots) {
        gateway.ask("PATCH", "/api/v2/concurrency_limits/" + Address.encode(limit), Map.of("active_slots", slots));
    }
}
