package io.limitledger.gateway.cli.top;

import io.limitledger.gateway.cli.client.Address;
import io.limitledger.gateway.cli.client.ClientCommand;
import io.limitledger.gateway.cli.client.GatewayClient;
import io.limitledger.gateway.cli.client.GatewayException;
import io.limitledger.gateway.cli.client.JsonObject;
import io.limitledger.gateway.cli.client.Screen;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code limits top}: a table that follows what happens. */
@Command(
        name = "top",
        description =
                "Show limits as they are now, over and over: what is in use, who waits, grants and denials each second of"
                        + " the last ten. Keys: s sorts by another column, r reverses, / filters, arrows or j and k select, Enter opens"
                        + " a limit, space pauses, q quits. Without a terminal it prints plain tables.",
        footer = {"Examples:", "  limits top --prefix team-", "  limits top --count 1 | head"})
public final class TopCommand extends ClientCommand {
    private static final int SHOWN_CLAIMS = 100;
    private static final Duration SHORTEST_INTERVAL = Duration.ofMillis(100);
    private static final Duration LONGEST_INTERVAL = Duration.ofHours(1);
    private static final Screen.Size UNBOUNDED = new Screen.Size(200, Integer.MAX_VALUE);

    @Option(
            names = "--prefix",
            defaultValue = "",
            paramLabel = "TEXT",
            description = "Only limits whose names begin so.")
    private String prefix = "";

    @Option(
            names = "--interval",
            paramLabel = "DURATION",
            defaultValue = "1s",
            description = "How often it is read anew (default: ${DEFAULT-VALUE}).")
    private Duration interval = Duration.ofSeconds(1);

    @Option(
            names = {"-n", "--count"},
            paramLabel = "N",
            description = "How often, and then end (default: until q or Ctrl-C).")
    private @Nullable Integer count;

    private final EventRates rates = new EventRates();
    private final TopState state = new TopState();

    @Override
    protected int run(GatewayClient gateway) throws InterruptedException {
        if (interval.compareTo(SHORTEST_INTERVAL) < 0 || interval.compareTo(LONGEST_INTERVAL) > 0) {
            throw wrong("--interval must be 100ms to 1h");
        }
        if (count != null && count < 1) {
            throw wrong("--count is " + count + "; it must be at least 1");
        }
        // Before the screen is taken: what is wrong with the address or the token is said as elsewhere.
        Snapshot first = read(gateway);
        daemon(() -> rates.follow(gateway), "events").start();
        return Screen.hasKeyboard() && count == null ? interactive(gateway, first) : plain(gateway, first);
    }

    private int plain(GatewayClient gateway, Snapshot first) throws InterruptedException {
        Snapshot snapshot = first;
        TopView view = new TopView(UNBOUNDED, false);
        for (int shown = 0; count == null || shown < count; shown++) {
            // The first rates are known after an interval.
            Thread.sleep(interval.toMillis());
            snapshot = read(gateway);
            List<String> lines = view.lines(snapshot, state, Instant.now());
            out().println(snapshot.at());
            lines.subList(0, lines.size() - 1).forEach(out()::println);
            out().println();
            if (out().checkError()) {
                return 0;
            }
        }
        return 0;
    }

    private int interactive(GatewayClient gateway, Snapshot first) throws InterruptedException {
        BlockingQueue<Runnable> happenings = new LinkedBlockingQueue<>();
        Shown shown = new Shown(first);
        try (TopScreen screen = new TopScreen(out())) {
            daemon(
                            () -> TopScreen.readKeys(
                                    System.in, key -> happenings.add(() -> state.press(key, shown.snapshot))),
                            "keys")
                    .start();
            daemon(() -> readOn(gateway, shown, happenings), "reader").start();
            while (!state.isEnded()) {
                screen.draw(new TopView(Screen.size(), Screen.hasColour()).lines(shown.snapshot, state, Instant.now()));
                // A size that has changed is seen by then, too.
                Runnable happening = happenings.poll(interval.toMillis(), TimeUnit.MILLISECONDS);
                while (happening != null) {
                    happening.run();
                    happening = happenings.poll();
                }
            }
        }
        return 0;
    }

    /** What is on the screen; belongs to the thread that draws. */
    private static final class Shown {
        private Snapshot snapshot;

        private Shown(Snapshot snapshot) {
            this.snapshot = snapshot;
        }
    }

    /** Reads over and over; a failure is shown, and tried again. */
    private void readOn(GatewayClient gateway, Shown shown, BlockingQueue<Runnable> happenings) {
        while (true) {
            try {
                Thread.sleep(interval.toMillis());
                if (!state.isPaused()) {
                    Snapshot snapshot = read(gateway);
                    happenings.add(() -> shown.snapshot = snapshot);
                }
            } catch (GatewayException e) {
                happenings.add(() -> shown.snapshot = shown.snapshot.failed(String.valueOf(e.getMessage())));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private Snapshot read(GatewayClient gateway) {
        List<JsonObject> limits =
                gateway.all(Address.LIMITS + (prefix.isEmpty() ? "" : "?prefix=" + Address.encode(prefix)), "limits");
        String name = state.opened();
        JsonObject opened = name == null
                ? null
                : limits.stream()
                        .filter(limit -> limit.requiredText("name").equals(name))
                        .findFirst()
                        .orElse(null);
        return new Snapshot(
                Instant.now(),
                limits,
                rates.rates(System.nanoTime()),
                opened,
                opened == null ? List.of() : claims(gateway, name, "leases"),
                opened == null ? List.of() : claims(gateway, name, "waiters"),
                null);
    }

    private static List<JsonObject> claims(GatewayClient gateway, @Nullable String limit, String what) {
        return gateway.get(Address.limit(String.valueOf(limit)) + "/" + what + "?size=" + SHOWN_CLAIMS)
                .objects(what);
    }

    private static Thread daemon(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }
}
