package io.limitledger.gateway.cli.command;

import io.limitledger.gateway.cli.client.Address;
import io.limitledger.gateway.cli.client.ClientCommand;
import io.limitledger.gateway.cli.client.EventStream;
import io.limitledger.gateway.cli.client.EventWords;
import io.limitledger.gateway.cli.client.GatewayClient;
import io.limitledger.gateway.cli.client.GatewayException;
import io.limitledger.gateway.cli.client.Json;
import io.limitledger.gateway.cli.client.JsonObject;
import io.limitledger.gateway.cli.client.Printable;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code limits events}: what was decided, and what is decided now. */
@Command(
        name = "events",
        description = "Show what was decided about a limit, or follow what is decided now, about one limit or all.",
        footer = {
            "Examples:",
            "  limits events database --tail 20",
            "  limits events database --follow",
            "  limits events --follow -o json | jq .type"
        })
public final class EventsCommand extends ClientCommand {
    /** More than an eye can read; those that were read before are dropped. */
    private static final int MOST_TAIL = 100_000;

    private static final int RECONNECT_MILLIS = 1_000;

    /** A form: a line for people, or a line of JSON, since there may be no end. */
    enum Form {
        TABLE,
        JSON
    }

    @Parameters(arity = "0..1", paramLabel = "NAME", description = "Name of the limit; left out, with --follow: all.")
    private @Nullable String name;

    @Option(
            names = {"-f", "--follow"},
            description = "Show what is decided from now on, until Ctrl-C; with --tail the last ones before.")
    private boolean isFollowing;

    @Option(names = "--tail", paramLabel = "N", description = "Only the last N of a limit's events.")
    private @Nullable Integer tail;

    @Option(
            names = "--after",
            paramLabel = "NUMBER",
            defaultValue = "0",
            description = "Only events of the limit with a higher number.")
    private long after;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORM",
            defaultValue = "table",
            description = "table, or json: one event on each line (default: ${DEFAULT-VALUE}).")
    private Form form = Form.TABLE;

    @Override
    protected int run(GatewayClient gateway) throws IOException, InterruptedException {
        if (tail != null && (tail < 0 || tail > MOST_TAIL)) {
            throw wrong("--tail is " + tail + "; it must be 0 to " + MOST_TAIL);
        }
        if (name == null && !isFollowing) {
            throw wrong("of which limit? Name one, or add --follow to see what is decided about all from now on");
        }
        if (name == null && (tail != null || after > 0)) {
            throw wrong("--tail and --after are for the events of one limit: name it");
        }
        if (!isFollowing) {
            past(gateway, name == null ? "" : name);
            return 0;
        }
        return follow(gateway);
    }

    /** Prints the past, and returns the number of its last event. */
    private long past(GatewayClient gateway, String limit) {
        Deque<JsonObject> last = new ArrayDeque<>();
        AtomicLong number = new AtomicLong();
        gateway.pages(Address.limit(limit) + "/events", "events", after == 0 ? "" : String.valueOf(after), page -> {
            for (JsonObject event : page) {
                number.set(event.count("number"));
                if (tail == null) {
                    print(event);
                } else {
                    last.add(event);
                    if (last.size() > tail) {
                        last.remove();
                    }
                }
            }
            return !out().checkError();
        });
        last.forEach(this::print);
        return number.get();
    }

    private int follow(GatewayClient gateway) throws IOException, InterruptedException {
        String query = name == null ? "" : "?limit=" + Address.encode(name);
        EventStream stream = gateway.events(query, null);
        long printed = 0;
        if (name != null) {
            // After the stream was opened, so that nothing is missed between the two.
            gateway.get(Address.limit(name));
            printed = tail == null && after == 0 ? 0 : past(gateway, name);
        }
        String position = null;
        while (!out().checkError()) {
            JsonObject event = next(stream);
            if (event != null) {
                position = stream.position();
                if (name == null || event.count("number") > printed) {
                    print(event);
                }
            } else {
                stream.close();
                stream = reopened(gateway, query, position);
            }
        }
        return 0;
    }

    private static @Nullable JsonObject next(EventStream stream) {
        try {
            return stream.next();
        } catch (IOException e) {
            return null;
        }
    }

    /** Goes on where the stream broke off; a gateway that is restarted is back after some seconds. */
    private EventStream reopened(GatewayClient gateway, String query, @Nullable String position)
            throws InterruptedException {
        say("the stream has ended; trying again");
        while (true) {
            try {
                return gateway.events(query, position);
            } catch (GatewayException e) {
                if (e.status() != 0 && !e.isPassing()) {
                    throw e;
                }
                Thread.sleep(RECONNECT_MILLIS);
            }
        }
    }

    private void print(JsonObject event) {
        out().println(
                        form == Form.JSON
                                ? Json.line(event)
                                : event.requiredText("at") + "  " + Printable.of(event.requiredText("limit")) + " #"
                                        + event.count("number") + "  " + EventWords.of(event));
        out().flush();
    }
}
