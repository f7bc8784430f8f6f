package io.limitledger.gateway.cli.command;

import io.limitledger.gateway.cli.client.Address;
import io.limitledger.gateway.cli.client.Ages;
import io.limitledger.gateway.cli.client.ClientCommand;
import io.limitledger.gateway.cli.client.GatewayClient;
import io.limitledger.gateway.cli.client.JsonObject;
import io.limitledger.gateway.cli.client.OutputOptions;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code limits renew}: a new end of a lease. */
@Command(
        name = "renew",
        description = "Hold a lease for longer: its new end is counted from now.",
        footer = {"Example:", "  limits renew 1f0c7c1e-8a52-4b7e-8a0e-5d2f6f3f9a01 --lease 10m"})
public final class RenewCommand extends ClientCommand {
    @Parameters(paramLabel = "ID", description = "Id of the lease.")
    private String id = "";

    @Option(
            names = "--lease",
            paramLabel = "DURATION",
            defaultValue = "5m",
            description = "How long to hold it from now (default: ${DEFAULT-VALUE}).")
    private Duration lease = Duration.ofMinutes(5);

    @Option(
            names = "--limit",
            paramLabel = "NAME",
            description = "One of its limits: if the lease is gone, the answer says when and how it ended.")
    private @Nullable String limit;

    @Mixin
    private OutputOptions output = new OutputOptions();

    @Override
    protected int run(GatewayClient gateway) {
        String path = Address.lease(id) + "/renew" + (limit == null ? "" : "?limit=" + Address.encode(limit));
        JsonObject renewed = gateway.ask("POST", path, Map.of("leaseSeconds", Durations.seconds(lease)));
        Instant end = renewed.time("expiresAt");
        output.one(out(), renewed, id, () -> "Held until " + end + " (" + Ages.between(Instant.now(), end) + ").");
        return 0;
    }
}
