package io.limitledger.gateway.program;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;

/**
 * The signals that are passed on to the program. Their names are those of {@code kill -s}. All that Java can catch are
 * here, except those that a process gets by a fault of its own. SIGQUIT is not among them: Java keeps it for itself.
 */
enum PassedSignal {
    HUP(true),
    INT(true),
    TERM(true),
    USR1(true),
    USR2(true),
    ALRM(true),
    VTALRM(true),
    PROF(true),
    IO(true),
    PWR(true),
    STKFLT(true),
    XCPU(true),
    WINCH(false),
    TSTP(false),
    CONT(false);

    private final boolean endsByDefault;

    PassedSignal(boolean endsByDefault) {
        this.endsByDefault = endsByDefault;
    }

    /** Whether it ends a process that does nothing about it, as this one before its program has started. */
    boolean endsByDefault() {
        return endsByDefault;
    }

    /**
     * Has something done when it comes, instead of what Java does. By reflection: what Java has for this, {@code
     * sun.misc.Signal}, stays (JEP 260), but no compiler lets it pass without a warning.
     *
     * @return whether it can be caught: not with {@code java -Xrs}, nor where the system has no such signal
     */
    boolean whenReceived(Runnable action) {
        try {
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Object calling = Proxy.newProxyInstance(
                    PassedSignal.class.getClassLoader(), new Class<?>[] {handler}, (proxy, method, arguments) -> {
                        action.run();
                        return null;
                    });
            Class<?> signal = Class.forName("sun.misc.Signal");
            signal.getMethod("handle", signal, handler).invoke(null, javaSignal(), calling);
            return true;
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof IllegalArgumentException) {
                return false;
            }
            throw new IllegalStateException("Could not catch SIG" + this + ": " + e.getCause(), e);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("This Java does not know signals: " + e, e);
        }
    }

    /** As it is numbered on this system. */
    int number() {
        try {
            Object number =
                    Class.forName("sun.misc.Signal").getMethod("getNumber").invoke(javaSignal());
            return (int) number;
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("This Java does not know SIG" + this + ": " + e, e);
        }
    }

    private Object javaSignal() throws ReflectiveOperationException {
        return Class.forName("sun.misc.Signal").getConstructor(String.class).newInstance(name());
    }
}
