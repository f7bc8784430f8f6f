package io.limitledger.gateway.program;

import io.limitledger.gateway.machine.StartException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The signals that a user sends to a program, caught on its behalf. While it has not started, those that end a process
 * interrupt the thread that waits for the lease; afterwards all are passed on to the program, whose end is then waited
 * for like any other.
 */
public final class Signals {
    private final Thread waiting;
    private @Nullable PassedSignal ending;
    private @Nullable Process program;

    private Signals(Thread waiting) {
        this.waiting = waiting;
    }

    /**
     * Catches them from now on, for the thread that calls.
     *
     * @throws StartException if Java was started with {@code -Xrs}, which leaves signals alone
     */
    public static Signals caught() {
        Signals signals = new Signals(Thread.currentThread());
        for (PassedSignal signal : PassedSignal.values()) {
            boolean isCaught = signal.whenReceived(() -> signals.receive(signal));
            if (!isCaught && signal == PassedSignal.TERM) {
                throw new StartException(
                        "with Java's option -Xrs no signal can be passed on to the program: leave that option out");
            }
        }
        return signals;
    }

    private synchronized void receive(PassedSignal signal) {
        if (program != null) {
            pass(signal, program);
        } else if (signal.endsByDefault()) {
            interrupt(signal);
        }
        if (signal == PassedSignal.TSTP) {
            // Not to run while the program is stopped, and to let the shell go on.
            send("STOP", ProcessHandle.current().pid());
        }
    }

    /** Only once: a second one must not break off the release that follows the first. */
    private void interrupt(PassedSignal signal) {
        if (ending == null) {
            ending = signal;
            waiting.interrupt();
        }
    }

    private static void pass(PassedSignal signal, Process program) {
        boolean isFromTerminal = signal == PassedSignal.INT || signal == PassedSignal.TSTP;
        if (program.isAlive() && !(isFromTerminal && Terminal.isInForeground())) {
            send(signal.name(), program.pid());
        }
    }

    /** Passes on what will be received, and what was while the program was being started. */
    synchronized void passTo(Process started) {
        program = started;
        if (ending != null) {
            pass(ending, started);
        }
        // From now on it is the program's end that is waited for, whatever is received.
        boolean unused = Thread.interrupted();
    }

    /** The exit code of a process that was ended by a signal before its program had started; null if none was received. */
    public synchronized @Nullable Integer exitCode() {
        return ending == null || program != null ? null : ExitCode.ofSignal(ending.number());
    }

    /** Java itself can only send SIGTERM; every shell has a kill built in. */
    private static void send(String signal, long pid) {
        try {
            new ProcessBuilder("sh", "-c", "kill -s " + signal + " " + pid).start();
        } catch (IOException e) {
            if (signal.equals(PassedSignal.TERM.name())) {
                ProcessHandle.of(pid).ifPresent(ProcessHandle::destroy);
            }
        }
    }
}
