package io.limitledger.gateway.cli;

import io.limitledger.gateway.cli.client.ClientCommand;
import io.limitledger.gateway.cli.client.GatewayClient;
import io.limitledger.gateway.cli.client.JsonObject;
import io.limitledger.gateway.cli.client.OutputOptions;
import io.limitledger.gateway.cli.client.Printable;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code limits whoami}: who asks, as the gateway knows it. */
@Command(
        name = "whoami",
        description = "Show who the gateway takes this client for, and what it may do.",
        footer = {"Example:", "  limits whoami"})
final class WhoamiCommand extends ClientCommand {
    @Mixin
    private OutputOptions output = new OutputOptions();

    @Override
    protected int run(GatewayClient gateway) {
        JsonObject who = gateway.get("/v1/whoami");
        String principal = who.text("principal");
        output.one(out(), who, principal == null ? "" : principal, () -> text(principal, who));
        return 0;
    }

    private static String text(@Nullable String principal, JsonObject who) {
        if (principal == null) {
            return "The gateway does not ask who its callers are: every client may do everything.";
        }
        List<String> lines = new ArrayList<>();
        lines.add(principal);
        if (!who.texts("groups").isEmpty()) {
            lines.add("groups: " + String.join(", ", who.texts("groups")));
        }
        lines.add("may: " + (who.texts("allow").isEmpty() ? "nothing" : String.join(", ", who.texts("allow"))));
        return Printable.of(String.join("; ", lines));
    }
}
