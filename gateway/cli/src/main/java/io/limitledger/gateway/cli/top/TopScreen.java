package io.limitledger.gateway.cli.top;

import io.limitledger.gateway.cli.client.Screen;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.util.List;
import java.util.function.IntConsumer;

/** The terminal while it is drawn on: another screen, and each key as it is pressed. It is as before afterwards, whatever ends it. */
final class TopScreen implements AutoCloseable {
    private static final String ENTER = "\u001b[?1049h\u001b[?25l";
    private static final String LEAVE = "\u001b[?25h\u001b[?1049l";
    private static final String HOME = "\u001b[H";
    private static final String REST_OF_LINE = "\u001b[K";
    private static final String REST_OF_SCREEN = "\u001b[J";

    private final PrintWriter out;
    private final String settings;
    private final Thread hook = new Thread(this::restore, "terminal");
    private boolean isRestored;

    TopScreen(PrintWriter out) {
        this.out = out;
        this.settings = Screen.stty("-g");
        Runtime.getRuntime().addShutdownHook(hook);
        // Ctrl-C is a key as well: it ends this as q does. Ctrl-Z would leave the terminal as it is drawn on.
        Screen.stty("-icanon", "-echo", "-isig", "min", "1");
        out.print(ENTER);
        out.flush();
    }

    void draw(List<String> lines) {
        StringBuilder screen = new StringBuilder(HOME);
        for (int index = 0; index < lines.size(); index++) {
            screen.append(index == 0 ? "" : "\r\n").append(lines.get(index)).append(REST_OF_LINE);
        }
        out.print(screen.append(REST_OF_SCREEN));
        out.flush();
    }

    /** Reads keys, until there are no more. */
    static void readKeys(InputStream in, IntConsumer pressed) {
        try {
            for (int key = in.read(); key >= 0; key = in.read()) {
                pressed.accept(key == TopState.ESCAPE && in.available() > 0 ? sequence(in) : key);
            }
        } catch (IOException e) {
            // The terminal is gone; the signal that says so ends the process.
        }
    }

    /** What follows an escape: arrows and the like are several bytes. */
    private static int sequence(InputStream in) throws IOException {
        int kind = in.read();
        if (kind != '[' && kind != 'O') {
            return TopState.ESCAPE;
        }
        int key = in.read();
        if ((key == '5' || key == '6') && in.available() > 0) {
            int unused = in.read();
        }
        return switch (key) {
            case 'A' -> TopState.UP;
            case 'B' -> TopState.DOWN;
            case '5' -> TopState.PAGE_UP;
            case '6' -> TopState.PAGE_DOWN;
            default -> 0;
        };
    }

    private synchronized void restore() {
        if (!isRestored) {
            isRestored = true;
            out.print(LEAVE);
            out.flush();
            if (!settings.isEmpty()) {
                Screen.stty(settings);
            }
        }
    }

    @Override
    public void close() {
        restore();
        Runtime.getRuntime().removeShutdownHook(hook);
    }
}
