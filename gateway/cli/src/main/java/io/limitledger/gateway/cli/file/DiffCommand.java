package io.limitledger.gateway.cli.file;

import io.limitledger.gateway.cli.client.ClientCommand;
import io.limitledger.gateway.cli.client.GatewayClient;
import io.limitledger.gateway.cli.client.GatewayException;
import io.limitledger.gateway.cli.client.Printable;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code limits diff}: what apply would do. */
@Command(
        name = "diff",
        description = "Show how limits differ from what a file says: + what apply would create, ~ change, - delete.",
        exitCodeList = {
            "0:no difference",
            "1:differences",
            "2:trouble: the file has mistakes, or no gateway could be asked"
        },
        exitCodeOnInvalidInput = DiffCommand.TROUBLE,
        exitCodeOnExecutionException = DiffCommand.TROUBLE,
        footer = {"Examples:", "  limits diff -f limits.yaml", "  limits diff -f limits.yaml --prefix team-"})
public final class DiffCommand extends ClientCommand {
    static final int TROUBLE = 2;

    @Mixin
    private FileOptions files = new FileOptions();

    @Option(
            names = "--prefix",
            paramLabel = "TEXT",
            description = "Count limits whose names begin so, and which no file names, as a difference.")
    private @Nullable String prefix;

    @Override
    protected int run(GatewayClient gateway) {
        try {
            LimitsFile file = files.read();
            if (!file.mistakes().isEmpty()) {
                FileOptions.print(file.mistakes(), err());
                return TROUBLE;
            }
            List<Change> changes = new Comparison(gateway).changes(file.limits().values(), prefix);
            changes.forEach(out()::println);
            return changes.isEmpty() ? 0 : 1;
        } catch (UnreadableFileException e) {
            say(Printable.of(String.valueOf(e.getMessage())));
            return TROUBLE;
        } catch (GatewayException e) {
            report(e);
            return TROUBLE;
        }
    }
}
