package io.limitledger.gateway.cli.command;

import io.limitledger.gateway.cli.client.Address;
import io.limitledger.gateway.cli.client.ClientCommand;
import io.limitledger.gateway.cli.client.GatewayClient;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code limits release}: ends leases, or waits. */
@Command(
        name = "release",
        description = "Release leases, or end waits. What is gone already counts as released.",
        footer = {
            "Examples:",
            "  limits release 1f0c7c1e-8a52-4b7e-8a0e-5d2f6f3f9a01",
            "  limits release 1f0c7c1e-8a52-4b7e-8a0e-5d2f6f3f9a01 --used 812"
        })
public final class ReleaseCommand extends ClientCommand {
    @Parameters(arity = "1..*", paramLabel = "ID", description = "Ids of leases.")
    private List<String> ids = List.of();

    @Option(
            names = "--used",
            paramLabel = "N",
            description = "How many slots were really used; the rest returns to the quotas.")
    private @Nullable Long used;

    @Override
    protected int run(GatewayClient gateway) {
        if (used != null && ids.size() > 1) {
            throw wrong("--used says how many slots of one lease were used, but " + ids.size() + " leases are named");
        }
        for (String id : ids) {
            gateway.ask("DELETE", Address.lease(id) + (used == null ? "" : "?used=" + used), null);
            out().println("Released " + id + ".");
        }
        return 0;
    }
}
