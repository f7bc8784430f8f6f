package io.limitledger.gateway.cli.command;

import io.limitledger.gateway.cli.client.Address;
import io.limitledger.gateway.cli.client.ClientCommand;
import io.limitledger.gateway.cli.client.GatewayClient;
import io.limitledger.gateway.cli.client.JsonObject;
import io.limitledger.gateway.cli.client.OutputOptions;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code limits settle}: how many slots were really used. */
@Command(
        name = "settle",
        description = "Say how many slots were really used: fewer than were taken return at once, more are charged.",
        footer = {
            "Examples:",
            "  limits settle 1f0c7c1e-8a52-4b7e-8a0e-5d2f6f3f9a01 812",
            "  limits settle 1f0c7c1e-8a52-4b7e-8a0e-5d2f6f3f9a01 --limit tokens=812"
        })
public final class SettleCommand extends ClientCommand {
    @Parameters(index = "0", paramLabel = "ID", description = "Id of the lease.")
    private String id = "";

    @Parameters(index = "1", arity = "0..1", paramLabel = "SLOTS", description = "Slots of a lease on one limit.")
    private @Nullable Long slots;

    @Option(names = "--limit", paramLabel = "NAME=SLOTS", description = "Of a lease on several limits: one of them.")
    private Map<String, Long> limits = Map.of();

    @Mixin
    private OutputOptions output = new OutputOptions();

    @Override
    protected int run(GatewayClient gateway) {
        if (slots == null == limits.isEmpty()) {
            throw wrong("say how many slots were used: 'limits settle ID SLOTS', or of a lease on several limits"
                    + " --limit NAME=SLOTS");
        }
        Map<String, Object> body = slots == null ? Map.of("limits", parts()) : Map.of("slots", slots);
        JsonObject settled = gateway.ask("POST", Address.lease(id) + "/settle", body);
        output.one(out(), settled, id, () -> "Settled " + id + ".");
        return 0;
    }

    private List<Map<String, Object>> parts() {
        return limits.entrySet().stream()
                .map(part -> Map.<String, Object>of("name", part.getKey(), "slots", part.getValue()))
                .toList();
    }
}
