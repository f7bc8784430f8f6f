package io.limitledger.gateway.program;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The signals that ask a process to stop, caught instead of obeyed. Before the program runs they interrupt whoever waits
 * for its lease; then they are passed on to the program, whose end is then waited for like any other.
 */
public final class Signals {
    private final Thread waiting;
    private @Nullable StopSignal received;
    private @Nullable Process program;

    private Signals(Thread waiting) {
        this.waiting = waiting;
    }

    /** Catches them from now on, for the thread that calls. */
    public static Signals caught() {
        Signals signals = new Signals(Thread.currentThread());
        for (StopSignal signal : StopSignal.values()) {
            signal.whenReceived(() -> signals.receive(signal));
        }
        return signals;
    }

    private synchronized void receive(StopSignal signal) {
        received = signal;
        if (program == null) {
            waiting.interrupt();
        } else if (signal != StopSignal.INT || !Terminal.isInForeground()) {
            send(signal, program);
        }
    }

    /** Passes on what will be received, and what was while the program was being started. */
    synchronized void passTo(Process started) {
        program = started;
        if (received != null) {
            send(received, started);
        }
        // From now on it is the program's end that is waited for, whatever is received.
        boolean unused = Thread.interrupted();
    }

    /** The exit code of a process that ended by what was received; null if nothing was. */
    public synchronized @Nullable Integer exitCode() {
        return received == null ? null : ExitCode.ofSignal(received.number());
    }

    /** Java itself can only send SIGTERM; every shell has a kill built in. */
    private static void send(StopSignal signal, Process program) {
        if (program.isAlive()) {
            try {
                new ProcessBuilder("sh", "-c", "kill -s " + signal + " " + program.pid()).start();
            } catch (IOException e) {
                program.destroy();
            }
        }
    }
}
