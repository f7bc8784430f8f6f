package io.limitledger.gateway.cli.file;

import io.limitledger.gateway.cli.client.ClientCommand;
import io.limitledger.gateway.cli.client.GatewayClient;
import io.limitledger.gateway.cli.client.Printable;
import io.limitledger.gateway.cli.client.Question;
import io.limitledger.gateway.cli.client.Screen;
import io.limitledger.gateway.cli.file.Applier.Failure;
import io.limitledger.gateway.program.ExitCode;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code limits apply}: makes the limits as a file says. */
@Command(
        name = "apply",
        description =
                "Create and change limits so that they are as a file says; leases and waiters stay. The file is checked"
                        + " as a whole before anything is changed. Limits that it does not name are left alone, unless --prune is"
                        + " given. A definition is the whole definition: what it leaves out has its default. 'overrides' of keys, if"
                        + " given, are all overrides of the limit.",
        footer = {
            "Examples:",
            "  limits apply -f limits.yaml --dry-run",
            "  limits apply -f limits.yaml --prune --prefix team- --yes",
            "  limits export | limits apply -f - --url http://other:8080"
        })
public final class ApplyCommand extends ClientCommand {
    @Mixin
    private FileOptions files = new FileOptions();

    @Option(names = "--dry-run", description = "Only say what would be done.")
    private boolean isDry;

    @Option(
            names = "--prune",
            description =
                    "Delete limits whose names begin with --prefix and which no file names. On a terminal it asks before.")
    private boolean isPruning;

    @Option(names = "--prefix", paramLabel = "TEXT", description = "What --prune may delete; '' for everything.")
    private @Nullable String prefix;

    @Option(
            names = {"-y", "--yes"},
            description = "Do not ask before limits are deleted. Needed where there is no terminal.")
    private boolean isAffirmed;

    @Override
    protected int run(GatewayClient gateway) throws IOException, InterruptedException {
        if (isPruning && prefix == null) {
            throw wrong("--prune needs --prefix: limits have no labels, so their names say which belong to the file");
        }
        if (!isPruning && prefix != null) {
            throw wrong("--prefix says what --prune may delete, but --prune is not given");
        }
        if (isPruning && !isDry && !isAffirmed && !Screen.hasKeyboard()) {
            throw wrong("without a terminal to ask at, --prune needs --yes");
        }
        LimitsFile file = read();
        if (file == null) {
            return ExitCode.NO_INPUT;
        }
        if (!file.mistakes().isEmpty()) {
            FileOptions.print(file.mistakes(), err());
            return ExitCode.DATA_ERROR;
        }
        List<Change> changes = new Comparison(gateway).changes(file.limits().values(), prefix);
        if (isDry) {
            changes.forEach(out()::println);
            out().println("Dry run: " + summary(changes, "to create", "to change", "to delete", file));
            return 0;
        }
        return mayDelete(changes) ? make(gateway, changes, file) : ExitCode.USAGE;
    }

    private @Nullable LimitsFile read() {
        try {
            return files.read();
        } catch (UnreadableFileException e) {
            say(Printable.of(String.valueOf(e.getMessage())));
            return null;
        }
    }

    private boolean mayDelete(List<Change> changes) throws IOException {
        List<String> deleted = changes.stream()
                .filter(change -> change.isOfLimit() && change.kind() == Change.Kind.DELETE)
                .map(change -> Printable.of(change.limit()))
                .toList();
        if (deleted.isEmpty() || isAffirmed) {
            return true;
        }
        boolean isWanted = Question.isAffirmed(out(), "Delete " + String.join(", ", deleted) + "? Their leases end.");
        if (!isWanted) {
            say("nothing was changed");
        }
        return isWanted;
    }

    private int make(GatewayClient gateway, List<Change> changes, LimitsFile file) throws InterruptedException {
        List<Failure> failures = new Applier(gateway).make(changes);
        Map<Change, Failure> failed = failures.stream().collect(Collectors.toMap(Failure::change, Function.identity()));
        List<Change> made =
                changes.stream().filter(change -> !failed.containsKey(change)).toList();
        made.forEach(out()::println);
        for (Failure failure : failures) {
            LimitsFile.Wanted wanted = file.limits().get(failure.change().limit());
            String place = wanted == null
                    ? ""
                    : wanted.node().file() + ":" + wanted.node().line() + ": ";
            say(Printable.of(place + "limit '" + failure.change().limit() + "': ")
                    + failure.reason().getMessage());
        }
        out().println(summary(made, "created", "changed", "deleted", file)
                + (failures.isEmpty() ? "" : ", " + failures.size() + " failed"));
        return failures.isEmpty() ? 0 : failures.get(0).reason().exitCode();
    }

    /** Of limits; a limit only an override of which is changed counts as changed. */
    private static String summary(List<Change> changes, String create, String change, String delete, LimitsFile file) {
        Map<Change.Kind, Long> limits = changes.stream()
                .collect(Collectors.toMap(
                        Change::limit,
                        each -> each.isOfLimit() ? each.kind() : Change.Kind.CHANGE,
                        (one, other) -> one))
                .values()
                .stream()
                .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
        long created = limits.getOrDefault(Change.Kind.CREATE, 0L);
        long changed = limits.getOrDefault(Change.Kind.CHANGE, 0L);
        long deleted = limits.getOrDefault(Change.Kind.DELETE, 0L);
        return created + " " + create + ", " + changed + " " + change + ", " + deleted + " " + delete + ", "
                + (file.limits().size() - created - changed) + " as they are";
    }
}
