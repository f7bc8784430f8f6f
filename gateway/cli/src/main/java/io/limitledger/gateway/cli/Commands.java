package io.limitledger.gateway.cli;

import io.limitledger.gateway.cli.client.ClientCommand;
import io.limitledger.gateway.cli.command.AcquireCommand;
import io.limitledger.gateway.cli.command.CreateCommand;
import io.limitledger.gateway.cli.command.DeleteCommand;
import io.limitledger.gateway.cli.command.EventsCommand;
import io.limitledger.gateway.cli.command.InspectCommand;
import io.limitledger.gateway.cli.command.KeysCommand;
import io.limitledger.gateway.cli.command.LeasesCommand;
import io.limitledger.gateway.cli.command.LsCommand;
import io.limitledger.gateway.cli.command.OverrideCommand;
import io.limitledger.gateway.cli.command.ReleaseCommand;
import io.limitledger.gateway.cli.command.RenameCommand;
import io.limitledger.gateway.cli.command.RenewCommand;
import io.limitledger.gateway.cli.command.SettleCommand;
import io.limitledger.gateway.cli.command.SwitchCommand;
import io.limitledger.gateway.cli.command.UpdateCommand;
import io.limitledger.gateway.cli.command.WaitersCommand;
import io.limitledger.gateway.cli.command.WhatIfCommand;
import io.limitledger.gateway.cli.demo.DemoCommand;
import io.limitledger.gateway.cli.file.ApplyCommand;
import io.limitledger.gateway.cli.file.DiffCommand;
import io.limitledger.gateway.cli.file.ExportCommand;
import io.limitledger.gateway.cli.file.SchemaCommand;
import io.limitledger.gateway.cli.top.TopCommand;
import io.limitledger.gateway.program.ExitCode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/**
 * The commands of {@code limits}, by name. Only the one that is called is made: most of them have libraries behind them
 * that take longer to load than {@code limits ls} may run.
 */
final class Commands {
    private static final List<String> NAMES = List.of(
            "serve",
            "ledger",
            "gateway",
            "run",
            "ls",
            "inspect",
            "create",
            "update",
            "delete",
            "enable",
            "disable",
            "rename",
            "leases",
            "waiters",
            "keys",
            "override",
            "acquire",
            "renew",
            "release",
            "settle",
            "events",
            "whatif",
            "apply",
            "diff",
            "export",
            "schema",
            "top",
            "token",
            "rights",
            "whoami",
            "demo",
            "completion",
            "warm-up",
            "audit",
            "restore",
            "health",
            "bench");

    private Commands() {}

    /** Adds the command of that name, or all if it is not that of one. */
    static CommandLine addTo(CommandLine limits, String name) {
        if (NAMES.contains(name)) {
            return add(limits, name);
        }
        NAMES.forEach(each -> add(limits, each));
        return limits.addSubcommand(new CommandLine.HelpCommand());
    }

    private static CommandLine add(CommandLine limits, String name) {
        CommandLine command = new CommandLine(named(name));
        if (command.getCommand() instanceof ClientCommand) {
            prepare(command.getCommandSpec());
        }
        command.getSubcommands().values().stream()
                .filter(each -> each.getCommand() instanceof ClientCommand)
                .forEach(each -> prepare(each.getCommandSpec()));
        return limits.addSubcommand(name, command.setStopAtPositional(name.equals("run")));
    }

    private static Object named(String name) {
        return switch (name) {
            case "serve" -> new ServeCommand();
            case "ledger" -> new LedgerCommand();
            case "gateway" -> new GatewayCommand();
            case "run" -> new RunCommand();
            case "ls" -> new LsCommand();
            case "inspect" -> new InspectCommand();
            case "create" -> new CreateCommand();
            case "update" -> new UpdateCommand();
            case "delete" -> new DeleteCommand();
            case "enable" -> new SwitchCommand.Enable();
            case "disable" -> new SwitchCommand.Disable();
            case "rename" -> new RenameCommand();
            case "leases" -> new LeasesCommand();
            case "waiters" -> new WaitersCommand();
            case "keys" -> new KeysCommand();
            case "override" -> new OverrideCommand();
            case "acquire" -> new AcquireCommand();
            case "renew" -> new RenewCommand();
            case "release" -> new ReleaseCommand();
            case "settle" -> new SettleCommand();
            case "events" -> new EventsCommand();
            case "whatif" -> new WhatIfCommand();
            case "apply" -> new ApplyCommand();
            case "diff" -> new DiffCommand();
            case "export" -> new ExportCommand();
            case "schema" -> new SchemaCommand();
            case "top" -> new TopCommand();
            case "token" -> new TokenCommand();
            case "rights" -> new RightsCommand();
            case "whoami" -> new WhoamiCommand();
            case "demo" -> new DemoCommand();
            case "completion" -> new CompletionCommand();
            case "warm-up" -> new WarmUpCommand();
            case "audit" -> new AuditCommand();
            case "restore" -> new RestoreCommand();
            case "health" -> new HealthCommand();
            case "bench" -> new BenchCommand();
            default -> throw new IllegalArgumentException(name);
        };
    }

    /** What all commands that ask a gateway have in common. */
    private static void prepare(CommandSpec command) {
        command.mixinStandardHelpOptions(true);
        command.usageMessage().sortOptions(false).footerHeading("%n").exitCodeListHeading("%nExit codes:%n");
        boolean hasItsOwn = !command.usageMessage().exitCodeList().isEmpty();
        if (!hasItsOwn) {
            command.exitCodeOnInvalidInput(ExitCode.USAGE).exitCodeOnExecutionException(ExitCode.SOFTWARE);
            command.usageMessage().exitCodeList(exitCodes());
        }
    }

    private static Map<String, String> exitCodes() {
        Map<String, String> codes = new LinkedHashMap<>();
        codes.put("0", "done");
        codes.put(String.valueOf(ExitCode.USAGE), "the command line is wrong, or the gateway refuses what it asks for");
        codes.put(String.valueOf(ExitCode.DATA_ERROR), "the file has mistakes");
        codes.put(String.valueOf(ExitCode.NO_INPUT), "the limit, the lease or the file does not exist");
        codes.put(String.valueOf(ExitCode.UNAVAILABLE), "no gateway could be asked");
        codes.put(String.valueOf(ExitCode.SOFTWARE), "a fault of this command");
        codes.put(String.valueOf(ExitCode.TEMPORARY_FAILURE), "not now: denied, or the service is busy");
        codes.put(String.valueOf(ExitCode.NO_PERMISSION), "not permitted: no valid token, or one without the right");
        return codes;
    }
}
