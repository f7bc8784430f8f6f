package io.limitledger.gateway.cli.command;

import io.limitledger.gateway.cli.client.Address;
import io.limitledger.gateway.cli.client.Ages;
import io.limitledger.gateway.cli.client.ClientCommand;
import io.limitledger.gateway.cli.client.GatewayClient;
import io.limitledger.gateway.cli.client.JsonObject;
import io.limitledger.gateway.cli.client.LimitWords;
import io.limitledger.gateway.cli.client.OutputOptions;
import io.limitledger.gateway.cli.client.Table;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code limits leases}: who holds. */
@Command(
        name = "leases",
        description = "List the leases of a limit, the next to end first.",
        footer = {"Examples:", "  limits leases database", "  limits leases database -o name | xargs limits release"})
public final class LeasesCommand extends ClientCommand {
    @Parameters(paramLabel = "NAME", description = "Name of the limit.")
    private String name = "";

    @Mixin
    private OutputOptions output = new OutputOptions();

    @Override
    protected int run(GatewayClient gateway) {
        List<JsonObject> leases = gateway.all(Address.limit(name) + "/leases", "leases");
        output.list(
                out(),
                leases,
                lease -> lease.requiredText("leaseId"),
                "No leases of limit '" + name + "'.",
                () -> table(leases, Instant.now()));
        return 0;
    }

    static Table table(List<JsonObject> leases, Instant now) {
        Table table = Table.of("LEASE", "SLOTS>", "HELD>", "ENDS IN>", "KEY", "OWNER", "HOLDER");
        for (JsonObject lease : leases) {
            table.row(
                    lease.requiredText("leaseId"),
                    String.valueOf(lease.count("slots")),
                    Ages.between(lease.time("startsAt"), now),
                    Ages.between(now, lease.time("expiresAt")),
                    Objects.requireNonNullElse(lease.text("key"), ""),
                    Objects.requireNonNullElse(lease.text("owner"), ""),
                    LimitWords.holder(lease.get("holder")));
        }
        return table;
    }
}
