package io.limitledger.gateway.cli.command;

import io.limitledger.gateway.cli.client.Address;
import io.limitledger.gateway.cli.client.ClientCommand;
import io.limitledger.gateway.cli.client.GatewayClient;
import io.limitledger.gateway.cli.client.GatewayException;
import io.limitledger.gateway.cli.client.JsonObject;
import io.limitledger.gateway.cli.client.OutputOptions;
import io.limitledger.gateway.cli.client.Printable;
import io.limitledger.gateway.program.ExitCode;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code limits create}: a new limit. */
@Command(
        name = "create",
        description = "Create a limit. One that exists already is left as it is (exit code 64): use update.",
        footer = {
            "Examples:",
            "  limits create database --limit 10",
            "  limits create calls --limit 20 --slot-decay-per-second 5",
            "  limits create tokens --quota 1000/day@Europe/Berlin --quota 100/60s",
            "  limits create import --limit 100 --per-key 2 --per-key-quota 5000/1h --order fair"
        })
public final class CreateCommand extends ClientCommand {
    private static final int PRECONDITION_FAILED = 412;

    @Parameters(paramLabel = "NAME", description = "Name of the limit.")
    private String name = "";

    @Mixin
    private DefinitionOptions definition = new DefinitionOptions();

    @Option(names = "--disable", description = "Create it inactive: it grants everything and occupies nothing.")
    private boolean isDisabled;

    @Option(
            names = "--active-slots",
            paramLabel = "N",
            description = "Slots that are occupied without a lease from the beginning, as Prefect's clients know them.")
    private @Nullable Long activeSlots;

    @Mixin
    private OutputOptions output = new OutputOptions();

    @Override
    protected int run(GatewayClient gateway) {
        Map<String, Object> fields = definition.fields();
        if (!fields.containsKey("limit") && !fields.containsKey("quotas") && !fields.containsKey("perKey")) {
            throw wrong("what does it bound? Give --limit, --quota or --per-key, as in 'limits create " + name
                    + " --limit 10'");
        }
        if (isDisabled) {
            fields.put("active", false);
        }
        JsonObject limit;
        try {
            limit = gateway.make(Address.limit(name), fields);
        } catch (GatewayException e) {
            if (e.status() != PRECONDITION_FAILED) {
                throw e;
            }
            say("limit '" + Printable.of(name)
                    + "' exists already; change it with 'limits update', or see 'limits inspect'");
            return ExitCode.USAGE;
        }
        if (activeSlots != null) {
            ActiveSlots.set(gateway, name, activeSlots);
        }
        output.one(out(), limit, name, () -> "Created limit '" + name + "'.");
        return 0;
    }
}
