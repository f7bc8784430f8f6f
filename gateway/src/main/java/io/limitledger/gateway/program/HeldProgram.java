package io.limitledger.gateway.program;

import io.limitledger.holder.Lease;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A program that runs while a lease is held, with the streams, the directory and the environment of this process. */
public final class HeldProgram {
    /** Tells the program under which lease it runs, say to show it, or to acquire nothing twice. */
    private static final String LEASE_ID = "LIMITS_LEASE_ID";

    private static final int NO_SUCH_FILE = 2;

    private final List<String> command;
    private final OnLost onLost;
    private final Duration grace;
    private final PrintWriter err;

    /** Nothing to wait for as long as the program is not being stopped. */
    private volatile CompletableFuture<Void> stopped = CompletableFuture.completedFuture(null);

    private volatile boolean isStopping;

    /**
     * A program to run.
     *
     * @param grace between asking it to stop and making it
     * @param err for what its user must know
     */
    public HeldProgram(List<String> command, OnLost onLost, Duration grace, PrintWriter err) {
        this.command = List.copyOf(command);
        this.onLost = onLost;
        this.grace = grace;
        this.err = err;
    }

    /** Runs it to its end, and returns the exit code. */
    public int run(Lease lease, Signals signals) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException("Told to stop before the program was started");
        }
        Process program;
        try {
            program = start(lease);
        } catch (IOException e) {
            say("Expected to run " + command.get(0) + ", but " + e.getMessage());
            return e.getMessage() != null && e.getMessage().contains("error=" + NO_SUCH_FILE + ",")
                    ? ExitCode.NOT_FOUND
                    : ExitCode.CANNOT_RUN;
        }
        signals.passTo(program);
        lease.onLost(reason -> lost(program, reason));
        return await(program);
    }

    private Process start(Lease lease) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command).inheritIO();
        builder.environment().put(LEASE_ID, lease.id().toString());
        return builder.start();
    }

    private int await(Process program) throws InterruptedException {
        int exitCode = program.waitFor();
        stopped.join();
        // Work that was cut short must not pass for done, even if the program took its leave politely.
        return isStopping && exitCode == 0 ? ExitCode.TEMPORARY_FAILURE : exitCode;
    }

    private void lost(Process program, String reason) {
        if (onLost == OnLost.WARN) {
            say("the lease is lost: " + reason + "; " + command.get(0) + " runs on without it");
        } else if (program.isAlive()) {
            CompletableFuture<Void> stopping = new CompletableFuture<>();
            stopped = stopping;
            isStopping = true;
            say("the lease is lost: " + reason + "; stopping " + command.get(0));
            stop(program);
            stopping.complete(null);
        }
    }

    /** Also what the program has started: slots that are lost must not be used by its children either. */
    private void stop(Process program) {
        List<ProcessHandle> all = Stream.concat(Stream.of(program.toHandle()), program.descendants())
                .toList();
        all.forEach(ProcessHandle::destroy);
        CompletableFuture<?>[] ends = all.stream().map(ProcessHandle::onExit).toArray(CompletableFuture<?>[]::new);
        CompletableFuture.allOf(ends)
                .completeOnTimeout(null, grace.toMillis(), TimeUnit.MILLISECONDS)
                .join();
        all.stream()
                .flatMap(handle -> Stream.concat(Stream.of(handle), handle.descendants()))
                .filter(ProcessHandle::isAlive)
                .forEach(ProcessHandle::destroyForcibly);
    }

    private void say(String what) {
        err.println("limits run: " + what);
        err.flush();
    }
}
