package io.limitledger.gateway.cli.file;

import io.limitledger.gateway.cli.client.ClientCommand;
import io.limitledger.gateway.cli.client.GatewayClient;
import io.limitledger.gateway.cli.client.Json;
import io.limitledger.gateway.cli.client.JsonObject;
import io.limitledger.gateway.cli.client.Yaml;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code limits export}: the limits as a file. */
@Command(
        name = "export",
        description =
                "Print the definitions of all limits, with the overrides of their keys, as a file that apply takes.",
        footer = {"Examples:", "  limits export > limits.yaml", "  limits export --prefix team- -o json"})
public final class ExportCommand extends ClientCommand {
    /** Both are read by apply. */
    enum Form {
        YAML,
        JSON
    }

    @Option(
            names = "--prefix",
            defaultValue = "",
            paramLabel = "TEXT",
            description = "Only limits whose names begin so.")
    private String prefix = "";

    @Option(
            names = {"-o", "--output"},
            paramLabel = "yaml|json",
            defaultValue = "yaml",
            description = "Form of the file (default: ${DEFAULT-VALUE}).")
    private Form form = Form.YAML;

    @Override
    protected int run(GatewayClient gateway) {
        Comparison live = new Comparison(gateway);
        List<Map<String, Object>> limits = new ArrayList<>();
        for (JsonObject limit : live.all(prefix)) {
            Map<String, Object> definition = new LinkedHashMap<>();
            definition.put("name", limit.requiredText("name"));
            definition.putAll(Definitions.of(limit.fields()));
            List<Map<String, Object>> overrides = overrides(live.overrides(limit));
            if (!overrides.isEmpty()) {
                definition.put("overrides", overrides);
            }
            limits.add(definition);
        }
        Map<String, Object> file = Map.of("limits", limits);
        if (form == Form.JSON) {
            out().println(Json.pretty(file));
        } else {
            out().print(Yaml.of(file));
        }
        return 0;
    }

    private static List<Map<String, Object>> overrides(Map<String, Map<String, Object>> byKey) {
        List<Map<String, Object>> overrides = new ArrayList<>();
        byKey.forEach((key, bounds) -> {
            Map<String, Object> override = new LinkedHashMap<>();
            override.put("key", key);
            override.putAll(bounds);
            overrides.add(override);
        });
        return overrides;
    }
}
