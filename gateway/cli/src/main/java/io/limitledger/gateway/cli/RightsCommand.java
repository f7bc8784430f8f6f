package io.limitledger.gateway.cli;

import io.limitledger.gateway.cli.client.Address;
import io.limitledger.gateway.cli.client.ClientCommand;
import io.limitledger.gateway.cli.client.GatewayClient;
import io.limitledger.gateway.cli.client.JsonObject;
import io.limitledger.gateway.cli.client.OutputOptions;
import io.limitledger.gateway.cli.client.Printable;
import io.limitledger.gateway.cli.client.Table;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code limits rights}: what users, groups and others may do, besides what their own tokens allow. */
@Command(
        name = "rights",
        description = "List, set and remove the rights of users, groups, certificates, tokens and anyone.",
        mixinStandardHelpOptions = true,
        subcommands = {RightsCommand.Ls.class, RightsCommand.Set.class, RightsCommand.Rm.class})
final class RightsCommand implements Runnable {
    private static final String RIGHTS = "/v1/rights";

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "which command? One of ls, set or rm");
    }

    private static String path(String subject) {
        return RIGHTS + "/" + Address.encode(subject);
    }

    /** {@code limits rights ls}. */
    @Command(name = "ls", description = "List who has rights; what a token allows by itself is in 'limits token ls'.")
    static final class Ls extends ClientCommand {
        @Mixin
        private OutputOptions output = new OutputOptions();

        @Override
        protected int run(GatewayClient gateway) {
            List<JsonObject> rights = gateway.all(RIGHTS, "rights");
            output.list(
                    out(),
                    rights,
                    one -> one.requiredText("subject"),
                    "No rights but those of tokens.",
                    () -> table(rights));
            return 0;
        }

        private static Table table(List<JsonObject> rights) {
            Table table = Table.of("SUBJECT", "ALLOW", "SET AT", "FROM");
            for (JsonObject one : rights) {
                table.row(
                        one.requiredText("subject"),
                        String.join(", ", one.texts("allow")),
                        one.requiredText("setAt"),
                        one.flag("inFile") ? "file" : Objects.requireNonNullElse(one.text("setBy"), "operator"));
            }
            return table;
        }
    }

    /** {@code limits rights set}. */
    @Command(
            name = "set",
            description = "Give a subject these rights, instead of those that it has.",
            footer = {
                "Examples:",
                "  limits rights set group:platform 'admin:*'",
                "  limits rights set user:alice@example.com 'define:team-*' 'read:*'",
                "  limits rights set anyone 'read:public-*'"
            })
    static final class Set extends ClientCommand {
        @Parameters(
                index = "0",
                paramLabel = "SUBJECT",
                description = "anyone, or user:, group:, cert:, proxy: or token: with a name.")
        private String subject = "";

        @Parameters(
                index = "1..*",
                arity = "1..*",
                paramLabel = "RIGHT:PATTERN",
                description = "read, hold, define or admin, a colon, and a pattern of limit names.")
        private List<String> allow = List.of();

        @Override
        protected int run(GatewayClient gateway) {
            JsonObject set = gateway.ask("PUT", path(subject), Map.of("allow", allow));
            out().println(Printable.of(subject) + " may now: " + Printable.of(String.join(", ", set.texts("allow"))));
            return 0;
        }
    }

    /** {@code limits rights rm}. */
    @Command(name = "rm", description = "Take all rights from subjects.")
    static final class Rm extends ClientCommand {
        @Parameters(arity = "1..*", paramLabel = "SUBJECT", description = "As in 'limits rights ls'.")
        private List<String> subjects = List.of();

        @Override
        protected int run(GatewayClient gateway) {
            for (String subject : subjects) {
                gateway.ask("DELETE", path(subject), null);
                out().println(Printable.of(subject) + " has no rights of its own any more.");
            }
            return 0;
        }
    }
}
