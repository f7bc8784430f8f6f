package io.limitledger.gateway.cli.command;

import io.limitledger.gateway.cli.client.Address;
import io.limitledger.gateway.cli.client.ClientCommand;
import io.limitledger.gateway.cli.client.GatewayClient;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code limits rename}. */
@Command(
        name = "rename",
        description = "Give a limit another name. Its leases, waiters and history go with it.",
        footer = {"Example:", "  limits rename database database-eu"})
public final class RenameCommand extends ClientCommand {
    @Parameters(index = "0", paramLabel = "NAME", description = "Its name now.")
    private String name = "";

    @Parameters(index = "1", paramLabel = "NEW-NAME", description = "Its name from now on; no limit may have it yet.")
    private String newName = "";

    @Override
    protected int run(GatewayClient gateway) {
        gateway.ask("PATCH", Address.limit(name), Map.of("name", newName));
        out().println("Renamed limit '" + name + "' to '" + newName + "'.");
        return 0;
    }
}
