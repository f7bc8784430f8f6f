package io.limitledger.gateway.cli.file;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code limits schema}: what editors need to help with the file. */
@Command(
        name = "schema",
        description =
                "Print the JSON Schema of the file that apply takes. An editor with a YAML language server checks and"
                        + " completes a file that begins with '# yaml-language-server: $schema=limits.schema.json'.",
        mixinStandardHelpOptions = true,
        footerHeading = "%n",
        footer = {"Example:", "  limits schema > limits.schema.json"})
public final class SchemaCommand implements Callable<Integer> {
    private static final String FILE = "limits.schema.json";

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        out.print(schema());
        out.flush();
        return 0;
    }

    static String schema() throws IOException {
        try (InputStream file = Objects.requireNonNull(SchemaCommand.class.getResourceAsStream(FILE), FILE)) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
