package io.limitledger.gateway.process;

import java.io.PrintStream;
import java.util.Locale;

/** Prints how far the start of a process, or a benchmark, has come. */
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
