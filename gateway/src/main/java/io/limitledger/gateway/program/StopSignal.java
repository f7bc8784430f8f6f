package io.limitledger.gateway.program;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;

/** The signals that ask a process to stop. Their names are those of {@code kill -s}. */
enum StopSignal {
    HUP(1),
    INT(2),
    TERM(15);

    private final int number;

    StopSignal(int number) {
        this.number = number;
    }

    int number() {
        return number;
    }

    /**
     * Has something done when it comes, instead of what Java does. By reflection: what Java has for this, {@code
     * sun.misc.Signal}, stays (JEP 260), but no compiler lets it pass without a warning. Does nothing where the signal is
     * not ours to catch, as with {@code java -Xrs}.
     */
    void whenReceived(Runnable action) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Object calling = Proxy.newProxyInstance(
                    StopSignal.class.getClassLoader(), new Class<?>[] {handler}, (proxy, method, arguments) -> {
                        action.run();
                        return null;
                    });
            signal.getMethod("handle", signal, handler)
                    .invoke(null, signal.getConstructor(String.class).newInstance(name()), calling);
        } catch (InvocationTargetException e) {
            if (!(e.getCause() instanceof IllegalArgumentException)) {
                throw new IllegalStateException("Expected to catch SIG" + this + ", but " + e.getCause(), e);
            }
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("Expected a Java that knows signals, but " + e, e);
        }
    }
}
