package io.limitledger.gateway.cli.command;

import io.limitledger.gateway.cli.client.Address;
import io.limitledger.gateway.cli.client.Ages;
import io.limitledger.gateway.cli.client.ClientCommand;
import io.limitledger.gateway.cli.client.GatewayClient;
import io.limitledger.gateway.cli.client.Json;
import io.limitledger.gateway.cli.client.JsonObject;
import io.limitledger.gateway.cli.client.OutputOptions;
import io.limitledger.gateway.cli.client.Screen;
import io.limitledger.gateway.program.ExitCode;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code limits acquire}: takes slots, and prints the id of the lease. */
@Command(
        name = "acquire",
        description =
                "Acquire slots of a limit, or of several, all or none; prints the id of the lease. To hold them while a"
                        + " program runs, use run.",
        footer = {
            "Examples:",
            "  lease=$(limits acquire database --slots 2 --wait 30s --lease 5m)",
            "  limits acquire calls --lease 0s",
            "  limits acquire tokens --slots 1200 --key customer-42 --mode check"
        })
public final class AcquireCommand extends ClientCommand {
    /** How it is decided, other than all or nothing. */
    enum Mode {
        CHECK("check"),
        UP_TO("upTo");

        private final String word;

        Mode(String word) {
            this.word = word;
        }

        static final class Converter extends HyphenatedWord<Mode> {
            Converter() {
                super(Mode.class);
            }
        }
    }

    /** What happens to the quotas if the lease expires. */
    enum OnExpiry {
        CHARGE,
        REFUND
    }

    @Parameters(arity = "1..*", paramLabel = "NAME", description = "Names of limits.")
    private List<String> names = List.of();

    @Option(names = "--slots", paramLabel = "N", description = "Slots of each limit (default: 1).")
    private @Nullable Long slots;

    @Option(
            names = "--lease",
            paramLabel = "DURATION",
            description =
                    "How long to hold them unless renewed, such as 30s, 5m, 1h (default: 5m); 0s to spend slots of a"
                            + " limit with decay or quotas.")
    private @Nullable Duration lease;

    @Option(
            names = "--wait",
            paramLabel = "DURATION",
            defaultValue = "0s",
            description = "How long to wait in the queue for them (default: not at all; at most 1h).")
    private Duration wait = Duration.ZERO;

    @Option(names = "--key", paramLabel = "KEY", description = "Whose slots they are, such as a customer.")
    private @Nullable String key;

    @Option(names = "--priority", paramLabel = "SECONDS", description = "A head start in the queue, -3600 to 3600.")
    private @Nullable Long priority;

    @Option(
            names = "--holder",
            paramLabel = "TEXT",
            description = "The holder, as others see it: a text, or a JSON object.")
    private @Nullable String holder;

    @Option(
            names = "--id",
            paramLabel = "UUID",
            description =
                    "Id of the lease (default: a new one). With the same id the command can be repeated, and takes"
                            + " nothing twice.")
    private @Nullable UUID id;

    @Option(
            names = "--mode",
            converter = Mode.Converter.class,
            paramLabel = "check|up-to",
            description = "check: only say whether they would be granted now; up-to: take what is free, at least one.")
    private @Nullable Mode mode;

    @Option(
            names = "--on-expiry",
            paramLabel = "charge|refund",
            description =
                    "What happens to the quotas if the lease expires without having been settled (default: charge).")
    private @Nullable OnExpiry onExpiry;

    @Mixin
    private OutputOptions output = new OutputOptions();

    @Override
    protected int run(GatewayClient gateway) {
        Map<String, Object> body = body();
        String path = Address.LEASES;
        if (names.size() == 1) {
            path = Address.limit(names.get(0)) + "/leases";
        } else {
            body.put("limits", names);
        }
        JsonObject answer = gateway.ask("POST", path, body, wait);
        if (mode == Mode.CHECK) {
            return check(answer);
        }
        String leaseId = answer.requiredText("leaseId");
        output.one(out(), answer, leaseId, () -> leaseId);
        if (output.form() == OutputOptions.Form.TABLE && Screen.isTerminal()) {
            say(granted(answer));
        }
        return 0;
    }

    private static String granted(JsonObject lease) {
        Instant end = lease.time("expiresAt");
        boolean isSpent = end != null && end.equals(lease.time("startsAt"));
        String slots = lease.has("slots") ? lease.count("slots") + " slots" : "slots";
        return isSpent
                ? slots + " spent"
                : slots + " held until " + end + " (" + Ages.between(Instant.now(), end) + ")";
    }

    private int check(JsonObject answer) {
        boolean isGranted = answer.flag("granted");
        output.one(out(), answer, String.valueOf(isGranted), () -> isGranted ? "yes" : refused(answer));
        return isGranted ? 0 : ExitCode.TEMPORARY_FAILURE;
    }

    private static String refused(JsonObject answer) {
        return "no (" + answer.requiredText("reason") + ")"
                + (answer.has("retryAfterSeconds")
                        ? "; try again in "
                                + Ages.ofSeconds(
                                        answer.numberOrZero("retryAfterSeconds").doubleValue())
                        : "");
    }

    private Map<String, Object> body() {
        Map<String, Object> body = new LinkedHashMap<>();
        put(body, "slots", slots);
        put(body, "leaseSeconds", lease == null ? null : Durations.seconds(lease));
        put(body, "waitSeconds", wait.isZero() ? null : Durations.seconds(wait));
        put(body, "key", key);
        put(body, "priority", priority);
        put(body, "holder", holder == null ? null : holder(holder));
        put(body, "leaseId", id == null ? null : id.toString());
        put(body, "mode", mode == null ? null : mode.word);
        put(body, "onExpiry", onExpiry == null ? null : onExpiry.name().toLowerCase(Locale.ROOT));
        return body;
    }

    /** An object if it reads as one; anything else is a text. */
    private static Object holder(String text) {
        try {
            return text.startsWith("{") ? Json.object(text) : text;
        } catch (IOException e) {
            return text;
        }
    }

    private static void put(Map<String, Object> fields, String name, @Nullable Object value) {
        if (value != null) {
            fields.put(name, value);
        }
    }
}
