package io.limitledger.gateway.cli.command;

import io.limitledger.gateway.cli.client.Address;
import io.limitledger.gateway.cli.client.ClientCommand;
import io.limitledger.gateway.cli.client.GatewayClient;
import io.limitledger.gateway.cli.client.JsonObject;
import io.limitledger.gateway.cli.client.Printable;
import io.limitledger.gateway.cli.client.Question;
import io.limitledger.gateway.cli.client.Screen;
import io.limitledger.gateway.program.ExitCode;
import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code limits delete}: asks first. */
@Command(
        name = "delete",
        description = "Delete limits. Their leases end, and their waiters are refused. On a terminal it asks before.",
        footer = {"Examples:", "  limits delete database", "  limits delete database licences --yes"})
public final class DeleteCommand extends ClientCommand {
    @Parameters(arity = "1..*", paramLabel = "NAME", description = "Names of limits.")
    private List<String> names = List.of();

    @Option(
            names = {"-y", "--yes"},
            description = "Do not ask. Needed where there is no terminal.")
    private boolean isAffirmed;

    @Override
    protected int run(GatewayClient gateway) throws IOException {
        if (!isAffirmed && !Screen.hasKeyboard()) {
            throw wrong("without a terminal to ask at, --yes is needed");
        }
        for (String name : names) {
            if (!isAffirmed && !isWanted(gateway, name)) {
                say("limit '" + Printable.of(name) + "' is kept");
                return ExitCode.USAGE;
            }
            gateway.ask("DELETE", Address.limit(name), null);
            out().println("Deleted limit '" + name + "'.");
        }
        return 0;
    }

    private boolean isWanted(GatewayClient gateway, String name) throws IOException {
        JsonObject limit = gateway.get(Address.limit(name));
        return Question.isAffirmed(
                out(),
                "Delete limit '" + Printable.of(name) + "'? " + limit.count("leases") + " leases end, "
                        + limit.count("waiting") + " waiters are refused.");
    }
}
