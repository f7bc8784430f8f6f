package io.limitledger.gateway.program;

import io.limitledger.holder.Lease;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A program that runs while a lease is held, with the streams, the directory and the environment of this process. */
public final class HeldProgram {
    /** Gives the program the id of its lease, say to show it, or to acquire nothing twice. */
    private static final String LEASE_ID = "LIMITS_LEASE_ID";

    /** A number that is higher with each grant of the limit. */
    public static final String FENCE = "LIMITS_FENCE";

    /** The key under which the slots are counted. */
    public static final String KEY = "LIMITS_KEY";

    private static final Set<String> OF_LEASE = Set.of(FENCE, KEY);

    private static final int NO_SUCH_FILE = 2;

    private final List<String> program;
    private final List<String> command;
    private final OnLost onLost;
    private final Duration grace;
    private final PrintWriter err;
    private final StandardStreams streams = new StandardStreams();

    /** Nothing to wait for as long as the program is not being stopped. */
    private volatile CompletableFuture<Void> stopped = CompletableFuture.completedFuture(null);

    private volatile boolean isStopping;

    /**
     * A program to run.
     *
     * @param program the last arguments of this process
     * @param grace between asking it to stop and making it
     * @param err for what its user must know
     * @throws io.limitledger.gateway.machine.StartException if its arguments cannot be passed on as they are
     */
    public HeldProgram(List<String> program, OnLost onLost, Duration grace, PrintWriter err) {
        this.program = List.copyOf(program);
        this.command = ProgramCommand.of(program);
        this.onLost = onLost;
        this.grace = grace;
        this.err = err;
    }

    /**
     * Runs it to its end, and returns the exit code.
     *
     * @param environment what it finds in its environment besides the id of its lease
     */
    public int run(Lease lease, Map<String, String> environment, Signals signals) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException("Interrupted before the program was started");
        }
        Process process;
        try {
            process = start(lease, environment);
        } catch (IOException e) {
            String reason = String.valueOf(e.getMessage());
            say("cannot run '" + program.get(0) + "': " + reason);
            return reason.contains("error=" + NO_SUCH_FILE + ",") ? ExitCode.NOT_FOUND : ExitCode.CANNOT_RUN;
        }
        signals.passTo(process);
        streams.letGo();
        StartedProcesses started = new StartedProcesses(process, LEASE_ID + "=" + lease.id());
        lease.onLost(reason -> lost(process, started, reason));
        return await(process);
    }

    private Process start(Lease lease, Map<String, String> environment) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command);
        streams.giveTo(builder);
        builder.environment().put(LEASE_ID, lease.id().toString());
        // What this process found there is of another lease.
        builder.environment().keySet().removeAll(OF_LEASE);
        builder.environment().putAll(environment);
        return builder.start();
    }

    private int await(Process process) throws InterruptedException {
        int exitCode = process.waitFor();
        stopped.join();
        // Work that was cut short must not pass for done, even if the program took its leave politely.
        return isStopping && exitCode == 0 ? ExitCode.TEMPORARY_FAILURE : exitCode;
    }

    private void lost(Process process, StartedProcesses started, String reason) {
        String what = "the lease is lost since " + Instant.now().truncatedTo(ChronoUnit.SECONDS)
                + " or shortly before: " + reason;
        if (onLost == OnLost.WARN) {
            say(what + "; " + program.get(0) + " runs on without it");
        } else if (process.isAlive()) {
            CompletableFuture<Void> stopping = new CompletableFuture<>();
            stopped = stopping;
            isStopping = true;
            say(what + "; stopping " + program.get(0));
            stop(started);
            stopping.complete(null);
        }
    }

    /** Also what the program has started: slots that are lost must not be used by its children either. */
    private void stop(StartedProcesses started) {
        List<ProcessHandle> all = started.alive();
        all.forEach(ProcessHandle::destroy);
        CompletableFuture<?>[] ends = all.stream().map(ProcessHandle::onExit).toArray(CompletableFuture<?>[]::new);
        CompletableFuture.allOf(ends)
                .completeOnTimeout(null, grace.toMillis(), TimeUnit.MILLISECONDS)
                .join();
        started.alive().forEach(ProcessHandle::destroyForcibly);
    }

    private void say(String what) {
        err.println("limits run: " + what);
        err.flush();
    }
}
