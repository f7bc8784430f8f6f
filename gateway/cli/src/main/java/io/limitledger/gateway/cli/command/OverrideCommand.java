package io.limitledger.gateway.cli.command;

import io.limitledger.gateway.cli.client.Address;
import io.limitledger.gateway.cli.client.ClientCommand;
import io.limitledger.gateway.cli.client.GatewayClient;
import io.limitledger.gateway.cli.client.Printable;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code limits override}: what one key may take, other than all. */
@Command(
        name = "override",
        description =
                "Say what one key of a limit may take, other than all keys; it replaces what was said of it before.",
        footer = {
            "Examples:",
            "  limits override import customer-42 --limit 20 --weight 3",
            "  limits override import customer-42 --remove"
        })
public final class OverrideCommand extends ClientCommand {
    @Parameters(index = "0", paramLabel = "NAME", description = "Name of the limit.")
    private String name = "";

    @Parameters(index = "1", paramLabel = "KEY", description = "The key.")
    private String key = "";

    @Option(
            names = {"-l", "--limit"},
            paramLabel = "N",
            description = "Slots that it may occupy at the same time.")
    private @Nullable Long limit;

    @Option(
            names = "--slot-decay-per-second",
            paramLabel = "X",
            description = "Rate at which its occupied slots drain.")
    private @Nullable BigDecimal slotDecayPerSecond;

    @Option(
            names = "--quota",
            paramLabel = "QUOTA",
            converter = QuotaText.Converter.class,
            description = "Slots that it may take within a time, instead of the quotas of all keys.")
    private @Nullable List<QuotaText> quotas;

    @Option(names = "--max-waiting", paramLabel = "N", description = "The most that wait with it.")
    private @Nullable Long maxWaiting;

    @Option(names = "--weight", paramLabel = "X", description = "Its share of a fair queue; that of others is 1.")
    private @Nullable BigDecimal weight;

    @Option(names = "--remove", description = "Let it be as all others again.")
    private boolean isRemoved;

    @Override
    protected int run(GatewayClient gateway) {
        Map<String, Object> override = override();
        if (isRemoved == !override.isEmpty()) {
            throw wrong(
                    isRemoved
                            ? "--remove takes the whole override away: leave the other options out"
                            : "say what the key may take, such as --limit 20, or --remove");
        }
        gateway.ask(isRemoved ? "DELETE" : "PUT", Address.key(name, key), isRemoved ? null : override);
        out().println(Printable.of("Key '" + key + "' of limit '" + name + "' "
                + (isRemoved ? "is as all others again." : "has an override.")));
        return 0;
    }

    private Map<String, Object> override() {
        Map<String, Object> override = new LinkedHashMap<>();
        put(override, "limit", limit);
        put(override, "slotDecayPerSecond", slotDecayPerSecond);
        put(
                override,
                "quotas",
                quotas == null ? null : quotas.stream().map(QuotaText::json).toList());
        put(override, "maxWaiting", maxWaiting);
        put(override, "weight", weight);
        return override;
    }

    private static void put(Map<String, Object> fields, String name, @Nullable Object value) {
        if (value != null) {
            fields.put(name, value);
        }
    }
}
