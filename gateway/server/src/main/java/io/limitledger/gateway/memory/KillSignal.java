package io.limitledger.gateway.memory;

import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;

/**
 * SIGKILL to this process itself, made ready ahead. {@link Runtime#halt} first waits for a lock that threads without memory
 * hand to each other, one collection after another, and it may wait for a minute; the operating system does not ask.
 */
final class KillSignal {
    private final Method raise;
    private final Object[] harmless;
    private final Object[] kill;

    private KillSignal(Method raise, Object harmless, Object kill) {
        this.raise = raise;
        this.harmless = new Object[] {harmless};
        this.kill = new Object[] {kill};
    }

    /**
     * By reflection: what Java has for this, {@code sun.misc.Signal}, stays (JEP 260), but no compiler lets it pass without a
     * warning.
     *
     * @return null where the system has no such signal
     */
    static @Nullable KillSignal prepare() {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Constructor<?> byName = signal.getConstructor(String.class);
            return new KillSignal(
                    signal.getMethod("raise", signal), byName.newInstance("CONT"), byName.newInstance("KILL"));
        } catch (ReflectiveOperationException e) {
            return null;
        }
    }

    /** Sends a signal that has no effect on a process that runs: what the first call allocates is there afterwards. */
    void rehearse() {
        send(harmless);
    }

    /** Allocates nothing. Does not return, if all goes well. */
    void send() {
        send(kill);
    }

    private void send(Object[] signal) {
        try {
            raise.invoke(null, signal);
        } catch (ReflectiveOperationException e) {
            // There are other ways to end.
        }
    }
}
