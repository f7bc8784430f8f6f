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
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code limits ls}: all limits. */
@Command(
        name = "ls",
        description = "List limits: what is occupied, who waits.",
        footer = {"Examples:", "  limits ls", "  limits ls --prefix team- -o json"})
public final class LsCommand extends ClientCommand {
    @Option(
            names = "--prefix",
            defaultValue = "",
            paramLabel = "TEXT",
            description = "Only limits whose names begin so.")
    private String prefix = "";

    @Mixin
    private OutputOptions output = new OutputOptions();

    @Override
    protected int run(GatewayClient gateway) {
        List<JsonObject> limits =
                gateway.all(Address.LIMITS + (prefix.isEmpty() ? "" : "?prefix=" + Address.encode(prefix)), "limits");
        String none = prefix.isEmpty()
                ? "No limits. Create one: limits create database --limit 10"
                : "No limits whose names begin with '" + prefix + "'.";
        output.list(out(), limits, limit -> limit.requiredText("name"), none, () -> table(limits, Instant.now()));
        return 0;
    }

    static Table table(List<JsonObject> limits, Instant now) {
        Table table =
                Table.of("NAME", "STATE", "OCCUPIED>", "LIMIT>", "FREE>", "LEASES>", "WAITING>", "OLDEST>", "RULES");
        for (JsonObject limit : limits) {
            table.row(
                    limit.requiredText("name"),
                    LimitWords.state(limit),
                    LimitWords.number(limit.number("occupied")),
                    limit.has("limit") ? LimitWords.number(limit.number("limit")) : "-",
                    limit.has("available") ? LimitWords.number(limit.number("available")) : "-",
                    String.valueOf(limit.count("leases")),
                    String.valueOf(limit.count("waiting")),
                    limit.has("waitingSince") ? Ages.between(limit.time("waitingSince"), now) : "-",
                    LimitWords.rules(limit));
        }
        return table;
    }
}
