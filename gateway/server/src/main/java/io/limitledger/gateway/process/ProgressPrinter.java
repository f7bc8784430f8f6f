package io.limitledger.gateway.process;

import java.io.PrintStream;
import java.util.Locale;

/** Tells whoever started the process how far it has come. */
public final class ProgressPrinter {
    private final PrintStream out;
    private final long startedNanos = System.nanoTime();

    public ProgressPrinter(PrintStream out) {
        this.out = out;
    }

    public void step(String what) {
        double seconds = (System.nanoTime() - startedNanos) / 1e9;
        out.printf(Locale.ROOT, "%5.1f s  %s%n", seconds, what);
        out.flush();
    }

    public void say(String text) {
        out.println(text);
        out.flush();
    }
}
