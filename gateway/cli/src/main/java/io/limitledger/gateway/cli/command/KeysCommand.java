package io.limitledger.gateway.cli.command;

import io.limitledger.gateway.cli.client.Address;
import io.limitledger.gateway.cli.client.ClientCommand;
import io.limitledger.gateway.cli.client.GatewayClient;
import io.limitledger.gateway.cli.client.JsonObject;
import io.limitledger.gateway.cli.client.LimitWords;
import io.limitledger.gateway.cli.client.OutputOptions;
import io.limitledger.gateway.cli.client.Table;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code limits keys}: what each key occupies. */
@Command(
        name = "keys",
        description = "List the keys of a limit that are in use or have an override.",
        footer = {"Example:", "  limits keys import --sort use"})
public final class KeysCommand extends ClientCommand {
    /** As the interface orders them. */
    enum Order {
        NAME,
        USE
    }

    @Parameters(paramLabel = "NAME", description = "Name of the limit.")
    private String name = "";

    @Option(
            names = "--sort",
            paramLabel = "name|use",
            defaultValue = "name",
            description = "By name, or those first that occupy the most (default: ${DEFAULT-VALUE}).")
    private Order order = Order.NAME;

    @Mixin
    private OutputOptions output = new OutputOptions();

    @Override
    protected int run(GatewayClient gateway) {
        String path = Address.limit(name) + "/keys?orderBy=" + order.name().toLowerCase(Locale.ROOT);
        List<JsonObject> keys = gateway.all(path, "keys");
        output.list(
                out(),
                keys,
                key -> key.requiredText("key"),
                "No keys of limit '" + name + "' are in use.",
                () -> table(keys));
        return 0;
    }

    static Table table(List<JsonObject> keys) {
        Table table = Table.of("KEY", "OCCUPIED>", "LIMIT>", "FREE>", "LEASES>", "WAITING>", "QUOTAS LEFT", "OVERRIDE");
        for (JsonObject key : keys) {
            table.row(
                    key.requiredText("key"),
                    LimitWords.number(key.number("occupied")),
                    key.has("limit") ? LimitWords.number(key.number("limit")) : "-",
                    key.has("available") ? LimitWords.number(key.number("available")) : "-",
                    String.valueOf(key.count("leases")),
                    String.valueOf(key.count("waiting")),
                    key.objects("quotas").stream()
                            .map(quota -> quota.count("left") + " of " + LimitWords.quota(quota))
                            .collect(Collectors.joining(", ")),
                    key.has("override") ? "yes" : "");
        }
        return table;
    }
}
