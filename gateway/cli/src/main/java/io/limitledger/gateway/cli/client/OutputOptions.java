package io.limitledger.gateway.cli.client;

import java.io.PrintWriter;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import picocli.CommandLine.Option;

/** In which form the answer is printed. */
public final class OutputOptions {
    /** A form: for people, for programs, or only what names each item. */
    public enum Form {
        TABLE,
        JSON,
        YAML,
        NAME
    }

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORM",
            defaultValue = "table",
            description = "table, json, yaml or name (default: ${DEFAULT-VALUE}).")
    private Form form = Form.TABLE;

    public Form form() {
        return form;
    }

    /** Prints items, or for people what there is to say of none. */
    public void list(
            PrintWriter out,
            List<JsonObject> items,
            Function<JsonObject, String> name,
            String none,
            Supplier<Table> table) {
        switch (form) {
            case JSON -> out.println(Json.pretty(items));
            case YAML -> out.print(Yaml.of(items));
            case NAME -> items.forEach(item -> out.println(Printable.of(name.apply(item))));
            case TABLE -> {
                if (items.isEmpty()) {
                    out.println(none);
                } else {
                    print(out, table.get());
                }
            }
        }
    }

    /** Prints one item. */
    public void one(PrintWriter out, JsonObject item, String name, Supplier<String> text) {
        switch (form) {
            case JSON -> out.println(Json.pretty(item));
            case YAML -> out.print(Yaml.of(item));
            case NAME -> out.println(Printable.of(name));
            case TABLE -> out.println(text.get());
        }
    }

    private static void print(PrintWriter out, Table table) {
        for (String line : table.lines(Screen.width(), Screen.hasColour())) {
            out.println(line);
        }
    }
}
