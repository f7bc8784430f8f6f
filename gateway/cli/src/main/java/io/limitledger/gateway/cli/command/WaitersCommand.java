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

/** {@code limits waiters}: the queue. */
@Command(
        name = "waiters",
        description = "List who waits for a limit, in order of arrival.",
        footer = {"Example:", "  limits waiters database"})
public final class WaitersCommand extends ClientCommand {
    @Parameters(paramLabel = "NAME", description = "Name of the limit.")
    private String name = "";

    @Mixin
    private OutputOptions output = new OutputOptions();

    @Override
    protected int run(GatewayClient gateway) {
        List<JsonObject> waiters = gateway.all(Address.limit(name) + "/waiters", "waiters");
        output.list(
                out(),
                waiters,
                waiter -> waiter.requiredText("leaseId"),
                "No one waits for limit '" + name + "'.",
                () -> table(waiters, Instant.now()));
        return 0;
    }

    static Table table(List<JsonObject> waiters, Instant now) {
        Table table = Table.of(
                "POSITION>",
                "LEASE",
                "SLOTS>",
                "WAITS>",
                "GIVES UP IN>",
                "STARTS IN>",
                "WAITS FOR",
                "KEY",
                "PRIORITY>",
                "OWNER",
                "HOLDER");
        for (JsonObject waiter : waiters) {
            Instant start = waiter.has("startsAt") ? waiter.time("startsAt") : waiter.time("estimatedStartAt");
            table.row(
                    String.valueOf(waiter.count("place")),
                    waiter.requiredText("leaseId"),
                    String.valueOf(waiter.count("slots")),
                    Ages.between(waiter.time("since"), now),
                    Ages.between(now, waiter.time("until")),
                    Ages.between(now, start),
                    Objects.requireNonNullElse(waiter.text("waitsFor"), ""),
                    Objects.requireNonNullElse(waiter.text("key"), ""),
                    waiter.has("priority") ? String.valueOf(waiter.count("priority")) : "",
                    Objects.requireNonNullElse(waiter.text("owner"), ""),
                    LimitWords.holder(waiter.get("holder")));
        }
        return table;
    }
}
