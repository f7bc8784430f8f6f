package io.limitledger.gateway.cli;

import io.limitledger.gateway.access.AccessAdmin;
import io.limitledger.gateway.access.AccessAdmin.NewToken;
import io.limitledger.gateway.access.AccessBook;
import io.limitledger.gateway.access.AccessRefusedException;
import io.limitledger.gateway.access.AccessToken;
import io.limitledger.gateway.access.Allowed;
import io.limitledger.gateway.access.TokenText;
import io.limitledger.gateway.access.kafka.KafkaAccess;
import io.limitledger.gateway.cli.client.Address;
import io.limitledger.gateway.cli.client.Ages;
import io.limitledger.gateway.cli.client.ClientCommand;
import io.limitledger.gateway.cli.client.GatewayClient;
import io.limitledger.gateway.cli.client.JsonObject;
import io.limitledger.gateway.cli.client.OutputOptions;
import io.limitledger.gateway.cli.client.Printable;
import io.limitledger.gateway.cli.client.Table;
import io.limitledger.gateway.machine.StartException;
import io.limitledger.topics.Role;
import io.limitledger.topics.TopicsSetup;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code limits token}: creates, lists, rotates and revokes tokens. A token's text is all that is printed on standard output. */
@Command(
        name = "token",
        description = "Create, list, rotate and revoke the tokens by which a gateway knows its callers.",
        mixinStandardHelpOptions = true,
        subcommands = {
            TokenCommand.Create.class,
            TokenCommand.Ls.class,
            TokenCommand.Inspect.class,
            TokenCommand.Rotate.class,
            TokenCommand.Revoke.class,
            TokenCommand.Generate.class,
            TokenCommand.Hash.class
        })
final class TokenCommand implements Runnable {
    private static final String TOKENS = "/v1/tokens";
    private static final String EXPIRES_IN = "expiresInSeconds";

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(), "which command? One of create, ls, inspect, rotate, revoke, generate or hash");
    }

    private static String path(String name) {
        return TOKENS + "/" + Address.encode(name);
    }

    /** What is said of a token whose text is printed. */
    private static String inWords(String done, JsonObject token) {
        String until = token.text("expiresAt");
        return done + " token '" + Printable.of(token.requiredText("name")) + "'"
                + (until == null ? ", valid without end" : ", valid until " + until) + ". It may: "
                + Printable.of(String.join(", ", token.texts("allow")))
                + ". Its text is shown this once only";
    }

    /** {@code limits token create}. */
    @Command(
            name = "create",
            description = "Create a token, and print its text: the only time that it is shown.",
            footer = {
                "Examples:",
                "  limits token create ci-deploy --allow 'hold:deploy-*' --expires 90d",
                "  TOKEN=$(limits token create dashboard --allow 'read:*')",
                "Without a token of one's own, for who may write to Kafka:",
                "  limits token create second-admin --allow 'admin:*' --bootstrap-servers kafka:9092"
            })
    static final class Create extends ClientCommand {
        /** As long as is waited for Kafka at a start. */
        private static final Duration PATIENCE = Duration.ofSeconds(30);

        @Parameters(paramLabel = "NAME", description = "Name of the token, which the log shows of what it did.")
        private String name = "";

        @Option(
                names = "--allow",
                split = ",",
                paramLabel = "RIGHT:PATTERN",
                description =
                        "read, hold, define or admin, a colon, and a pattern of limit names, such as hold:deploy-*; may"
                                + " be given several times.")
        private List<String> allow = List.of();

        @Option(
                names = "--expires",
                paramLabel = "DURATION",
                description = "For how long it is valid, such as 90d (default: without end).")
        private @Nullable Duration expires;

        @Mixin
        private ClusterOptions cluster = new ClusterOptions();

        @Override
        protected int run(GatewayClient gateway) {
            if (cluster.hasCluster()) {
                return overKafka();
            }
            Map<String, Object> body = new LinkedHashMap<>();
            body.put("name", name);
            body.put("allow", allow);
            if (expires != null) {
                body.put(EXPIRES_IN, expires.toSeconds());
            }
            JsonObject token = gateway.ask("POST", TOKENS, body);
            say(inWords("created", token));
            out().println(token.requiredText("token"));
            return 0;
        }

        private int overKafka() {
            List<Allowed> allowed = new ArrayList<>();
            try {
                AccessToken.checkName(name);
                allow.forEach(text -> allowed.add(Allowed.parse(text)));
            } catch (IllegalArgumentException e) {
                throw wrong(String.valueOf(e.getMessage()));
            }
            Map<String, Object> client = cluster.clientProperties();
            TopicsSetup.require(client, PATIENCE, Role.GATEKEEPER);
            AccessBook book = new AccessBook();
            try (KafkaAccess log = KafkaAccess.start(client, book)) {
                get(
                        log.caughtUp(),
                        "read tokens from Kafka. Kafka has the topic limits.access once a gateway has run with --auth token");
                AccessAdmin admin = new AccessAdmin(book, log, Clock.systemUTC());
                NewToken made = get(admin.create(name, allowed, expires, null), "create the token");
                say("created token '" + name + "' over Kafka. Its text is shown this once only");
                out().println(made.text().secret());
                return 0;
            }
        }

        private static <T> T get(CompletableFuture<T> done, String what) {
            try {
                return done.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            } catch (ExecutionException e) {
                Throwable cause = e.getCause();
                String why = cause instanceof AccessRefusedException
                        ? cause.getMessage()
                        : "Could not " + what + ": " + cause;
                throw new StartException(String.valueOf(why), e);
            } catch (TimeoutException e) {
                throw new StartException("Could not " + what, e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new StartException("Interrupted", e);
            }
        }
    }

    /** {@code limits token ls}. */
    @Command(
            name = "ls",
            description = "List tokens by name; their texts are not kept.",
            footer = {"Examples:", "  limits token ls", "  limits token ls --revoked -o json"})
    static final class Ls extends ClientCommand {
        @Option(names = "--revoked", description = "Those that were revoked as well.")
        private boolean withRevoked;

        @Mixin
        private OutputOptions output = new OutputOptions();

        @Override
        protected int run(GatewayClient gateway) {
            List<JsonObject> tokens = gateway.all(TOKENS, "tokens").stream()
                    .filter(token -> withRevoked || !token.requiredText("state").equals("revoked"))
                    .toList();
            output.list(out(), tokens, token -> token.requiredText("name"), "No tokens.", () -> table(tokens));
            return 0;
        }

        private static Table table(List<JsonObject> tokens) {
            Instant now = Instant.now();
            Table table = Table.of("NAME", "STATE", "ENDS IN>", "LAST USED>", "ALLOW", "FROM");
            for (JsonObject token : tokens) {
                table.row(
                        token.requiredText("name"),
                        token.requiredText("state"),
                        token.has("expiresAt") ? Ages.between(now, token.time("expiresAt")) : "-",
                        token.has("lastUsedAt") ? Ages.between(token.time("lastUsedAt"), now) + " ago" : "never",
                        String.join(", ", token.texts("allow")),
                        token.flag("inFile")
                                ? "file"
                                : Objects.requireNonNullElse(token.text("createdBy"), "operator"));
            }
            return table;
        }
    }

    /** {@code limits token inspect}. */
    @Command(name = "inspect", description = "Show all that is kept of a token.")
    static final class Inspect extends ClientCommand {
        @Parameters(paramLabel = "NAME", description = "Name of the token.")
        private String name = "";

        @Mixin
        private OutputOptions output = new OutputOptions();

        @Override
        protected int run(GatewayClient gateway) {
            JsonObject token = gateway.get(path(name));
            output.one(out(), token, name, () -> text(token));
            return 0;
        }

        private static String text(JsonObject token) {
            List<String> lines = new ArrayList<>();
            token.fields()
                    .forEach((field, value) ->
                            lines.add(String.format("%-18s %s", field, Printable.of(String.valueOf(value)))));
            return String.join(System.lineSeparator(), lines);
        }
    }

    /** {@code limits token rotate}. */
    @Command(
            name = "rotate",
            description = "Give a token a new text, and print it. The text before stays valid for a while.",
            footer = {"Examples:", "  limits token rotate ci-deploy --overlap 1h > ci-deploy.token"})
    static final class Rotate extends ClientCommand {
        @Parameters(paramLabel = "NAME", description = "Name of the token.")
        private String name = "";

        @Option(
                names = "--overlap",
                paramLabel = "DURATION",
                defaultValue = "1d",
                description = "How long the text before stays valid, up to 30d (default: ${DEFAULT-VALUE}).")
        private Duration overlap = Duration.ofDays(1);

        @Option(
                names = "--expires",
                paramLabel = "DURATION",
                description = "For how long the new text is valid (default: as long as that before was given out).")
        private @Nullable Duration expires;

        @Override
        protected int run(GatewayClient gateway) {
            Map<String, Object> body = new LinkedHashMap<>();
            body.put("overlapSeconds", overlap.toSeconds());
            if (expires != null) {
                body.put(EXPIRES_IN, expires.toSeconds());
            }
            JsonObject token = gateway.ask("POST", path(name) + "/rotate", body);
            say(inWords("rotated", token));
            out().println(token.requiredText("token"));
            return 0;
        }
    }

    /** {@code limits token revoke}. */
    @Command(
            name = "revoke",
            description = "Revoke tokens: within a second no gateway takes them any more.",
            footer = {"Examples:", "  limits token revoke ci-deploy"})
    static final class Revoke extends ClientCommand {
        @Parameters(arity = "1..*", paramLabel = "NAME", description = "Names of tokens.")
        private List<String> names = List.of();

        @Override
        protected int run(GatewayClient gateway) {
            for (String name : names) {
                gateway.ask("DELETE", path(name), null);
                out().println("Revoked token '" + Printable.of(name) + "'.");
            }
            return 0;
        }
    }

    /** {@code limits token generate}. */
    @Command(
            name = "generate",
            description =
                    "Print the text of a new token that no gateway knows yet, and on standard error its SHA-256, for an"
                            + " access file.",
            mixinStandardHelpOptions = true)
    static final class Generate implements Callable<Integer> {
        @Spec
        @SuppressWarnings("NullAway.Init")
        private CommandSpec spec;

        @Override
        public Integer call() {
            TokenText text = TokenText.random(new SecureRandom());
            spec.commandLine().getErr().println("sha256: " + text.hash().sha256());
            spec.commandLine().getErr().flush();
            spec.commandLine().getOut().println(text.secret());
            spec.commandLine().getOut().flush();
            return 0;
        }
    }

    /** {@code limits token hash}. */
    @Command(
            name = "hash",
            description = "Read the text of a token from standard input, and print its SHA-256, for an access file.",
            mixinStandardHelpOptions = true,
            footer = {"Examples:", "  limits token hash < ci-deploy.token"})
    static final class Hash implements Callable<Integer> {
        @Spec
        @SuppressWarnings("NullAway.Init")
        private CommandSpec spec;

        @Override
        public Integer call() throws IOException {
            String text = new String(System.in.readNBytes(1_000), StandardCharsets.UTF_8).strip();
            try {
                spec.commandLine().getOut().println(TokenText.parse(text).hash().sha256());
                spec.commandLine().getOut().flush();
                return 0;
            } catch (IllegalArgumentException e) {
                throw new ParameterException(
                        spec.commandLine(), "standard input must have one token, but " + e.getMessage(), e);
            }
        }
    }
}
