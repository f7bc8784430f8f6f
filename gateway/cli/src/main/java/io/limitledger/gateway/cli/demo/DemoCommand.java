package io.limitledger.gateway.cli.demo;

import io.limitledger.gateway.cli.client.Address;
import io.limitledger.gateway.cli.client.Ages;
import io.limitledger.gateway.cli.client.ClientCommand;
import io.limitledger.gateway.cli.client.GatewayClient;
import io.limitledger.gateway.cli.client.GatewayException;
import io.limitledger.gateway.program.ExitCode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code limits demo}: a lively scene on an empty server. */
@Command(
        name = "demo",
        description =
                "Fill an empty server with limits and clients that acquire, wait, hold, renew and are denied, for some"
                        + " minutes. At the end, and at Ctrl-C, everything is released; the limits stay, unless --clean is given.",
        footer = {"Examples:", "  limits demo --time 10m", "  limits demo --prefix demo- --clean"})
public final class DemoCommand extends ClientCommand {
    private static final Duration LONGEST = Duration.ofHours(24);

    /** For the last answers; a shell that has sent a signal expects an end soon. */
    private static final long STOP_SECONDS = 15;

    private static final long REPORT_SECONDS = 10;

    @Option(
            names = "--time",
            paramLabel = "DURATION",
            defaultValue = "5m",
            description = "How long, such as 30s, 10m, 1h (default: ${DEFAULT-VALUE}; at most 24h).")
    private Duration time = Duration.ZERO;

    @Option(
            names = "--prefix",
            paramLabel = "TEXT",
            defaultValue = "",
            description = "What the names of all limits begin with, to keep them apart from others (default: nothing).")
    private String prefix = "";

    @Option(names = "--clean", description = "Delete the limits at the end.")
    private boolean isCleaned;

    private final List<DemoClient> clients = new ArrayList<>();
    private final CountDownLatch ending = new CountDownLatch(1);
    private final DemoCounts counts = new DemoCounts();

    @Override
    protected int run(GatewayClient gateway) throws InterruptedException {
        if (time.isNegative() || time.isZero() || time.compareTo(LONGEST) > 0) {
            throw wrong("--time must be more than 0, and at most 24h");
        }
        for (Map.Entry<String, Map<String, Object>> limit : Scene.limits().entrySet()) {
            if (isOfOthers(gateway, prefix + limit.getKey())) {
                say("limit '" + prefix + limit.getKey() + "' is there already and is held or waited for: this is not an"
                        + " empty server. Use --prefix demo- to keep the scene apart");
                return ExitCode.USAGE;
            }
        }
        define(gateway);
        ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1, task -> daemon(task, "demo"));
        Thread hook = new Thread(() -> stop(gateway, timer), "stop");
        Runtime.getRuntime().addShutdownHook(hook);
        start(gateway, timer);
        out().println(Scene.clients() + " clients on " + Scene.limits().size() + " limits for " + Ages.of(time)
                + "; Ctrl-C ends it and releases everything.");
        out().println("See them with 'limits ls', 'limits top', 'limits events --follow'.");
        out().flush();
        boolean isOver = awaitEnd();
        if (isOver) {
            Runtime.getRuntime().removeShutdownHook(hook);
            stop(gateway, timer);
        }
        return 0;
    }

    /** Limits of an earlier demo are used again; any that is in use is not ours to redefine. */
    private static boolean isOfOthers(GatewayClient gateway, String limit) {
        try {
            var found = gateway.get(Address.limit(limit));
            return found.count("leases") > 0 || found.count("waiting") > 0;
        } catch (GatewayException e) {
            if (e.status() == 404) {
                return false;
            }
            throw e;
        }
    }

    private void define(GatewayClient gateway) {
        Scene.limits().forEach((name, definition) -> gateway.ask("PUT", Address.limit(prefix + name), definition));
        Scene.overrides()
                .forEach((name, keys) ->
                        keys.forEach((key, override) -> gateway.ask("PUT", Address.key(prefix + name, key), override)));
    }

    private void start(GatewayClient gateway, ScheduledExecutorService timer) {
        synchronized (clients) {
            for (Habit habit : Scene.habits()) {
                for (int number = 1; number <= habit.clients(); number++) {
                    clients.add(new DemoClient(gateway, timer, counts, habit, prefix, Scene.holder(habit, number)));
                }
            }
            clients.forEach(DemoClient::start);
        }
    }

    /** Says now and then how it goes; returns whether the time is over, and not a signal received. */
    private boolean awaitEnd() throws InterruptedException {
        long end = System.nanoTime() + time.toNanos();
        while (true) {
            long left = end - System.nanoTime();
            if (ending.await(Math.min(left, TimeUnit.SECONDS.toNanos(REPORT_SECONDS)), TimeUnit.NANOSECONDS)) {
                return false;
            }
            if (System.nanoTime() >= end) {
                return true;
            }
            out().println(counts + ", " + Ages.of(Duration.ofNanos(end - System.nanoTime())) + " left");
            out().flush();
        }
    }

    private void stop(GatewayClient gateway, ScheduledThreadPoolExecutor timer) {
        ending.countDown();
        timer.shutdownNow();
        synchronized (clients) {
            clients.forEach(DemoClient::stop);
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(STOP_SECONDS);
            boolean isReleased = true;
            try {
                for (DemoClient client : clients) {
                    isReleased &= client.isIdleBy(deadline);
                }
                if (isCleaned) {
                    Scene.limits().keySet().forEach(name -> gateway.ask("DELETE", Address.limit(prefix + name), null));
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (GatewayException e) {
                isReleased = false;
            }
            out().println(counts + "; "
                    + (isReleased
                            ? "everything is released."
                            : "the gateway did not answer: what is held ends within a minute."));
            out().flush();
        }
    }

    private static Thread daemon(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }
}
