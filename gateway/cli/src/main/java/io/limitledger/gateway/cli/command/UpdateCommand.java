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

/** {@code limits update}: changes what is given, and nothing else. */
@Command(
        name = "update",
        description =
                "Change a limit. What is not given stays as it is, and so do leases and waiters. Quotas, and the bounds"
                        + " of keys, are replaced whole. To take a bound away, use apply.",
        footer = {
            "Examples:",
            "  limits update database --limit 20",
            "  limits update tokens --no-quotas --limit 50",
            "  limits update calls --disable"
        })
public final class UpdateCommand extends ClientCommand {
    @Parameters(paramLabel = "NAME", description = "Name of the limit.")
    private String name = "";

    @Mixin
    private DefinitionOptions definition = new DefinitionOptions();

    @Option(names = "--no-quotas", description = "Take all quotas away.")
    private boolean hasNoQuotas;

    @Option(names = "--enable", description = "Let it bound again.")
    private boolean isEnabled;

    @Option(names = "--disable", description = "Let it grant everything and occupy nothing.")
    private boolean isDisabled;

    @Option(
            names = "--active-slots",
            paramLabel = "N",
            description = "Slots that are occupied without a lease, as Prefect's clients know them.")
    private @Nullable Long activeSlots;

    @Mixin
    private OutputOptions output = new OutputOptions();

    @Override
    protected int run(GatewayClient gateway) {
        Map<String, Object> change = change();
        if (change.isEmpty() && activeSlots == null) {
            throw wrong("nothing to change: give at least one option, such as --limit 20");
        }
        if (activeSlots != null) {
            ActiveSlots.set(gateway, name, activeSlots);
        }
        JsonObject limit =
                change.isEmpty() ? gateway.get(Address.limit(name)) : gateway.ask("PATCH", Address.limit(name), change);
        output.one(out(), limit, name, () -> "Updated limit '" + name + "'.");
        return 0;
    }

    private Map<String, Object> change() {
        Map<String, Object> change = definition.fields();
        if (isEnabled && isDisabled) {
            throw wrong("--enable and --disable are both given: keep one of them");
        }
        if (hasNoQuotas && change.containsKey("quotas")) {
            throw wrong("--quota and --no-quotas are both given: keep one of them");
        }
        if (hasNoQuotas) {
            change.put("quotas", List.of());
        }
        if (isEnabled || isDisabled) {
            change.put("active", isEnabled);
        }
        return change;
    }
}
