package io.limitledger.gateway.cli.client;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** The terminal that this process prints to and reads from, if it is one. */
public final class Screen {
    private static final int UNBOUNDED = Integer.MAX_VALUE;
    private static final int USUAL_WIDTH = 80;
    private static final int USUAL_HEIGHT = 24;
    private static final int INPUT = 0;
    private static final int OUTPUT = 1;

    private Screen() {}

    /** Columns and lines. */
    public record Size(int width, int height) {}

    /** Whether what is printed is seen at once by a person. */
    public static boolean isTerminal() {
        return isTerminal(OUTPUT);
    }

    /** Whether a person can be asked. */
    public static boolean hasKeyboard() {
        return isTerminal(INPUT) && isTerminal(OUTPUT);
    }

    public static boolean hasColour() {
        String none = System.getenv("NO_COLOR");
        return isTerminal() && (none == null || none.isEmpty()) && !"dumb".equals(System.getenv("TERM"));
    }

    /** Columns that a line may take. Without a terminal lines may be as long as they are. */
    public static int width() {
        return isTerminal() ? size().width() : UNBOUNDED;
    }

    /** The size now: the launcher's, or that which {@code stty} says, since Java does not know it. */
    public static Size size() {
        String[] parts = stty("size").split(" ", -1);
        try {
            int height = Integer.parseInt(parts[0]);
            int width = Integer.parseInt(parts[1]);
            return width > 0 && height > 0 ? new Size(width, height) : usual();
        } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
            return usual();
        }
    }

    private static Size usual() {
        return new Size(number("COLUMNS", USUAL_WIDTH), number("LINES", USUAL_HEIGHT));
    }

    private static int number(String variable, int otherwise) {
        String text = System.getenv(variable);
        return text != null && text.matches("[1-9][0-9]{0,4}") ? Integer.parseInt(text) : otherwise;
    }

    /** Changes or asks the settings of the terminal, and returns what is printed; empty if there is none. */
    public static String stty(String... arguments) {
        String[] command = new String[arguments.length + 1];
        command[0] = "stty";
        System.arraycopy(arguments, 0, command, 1, arguments.length);
        try {
            Process process = new ProcessBuilder(command)
                    .redirectInput(Path.of("/dev/tty").toFile())
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return process.waitFor(2, TimeUnit.SECONDS) && process.exitValue() == 0 ? printed.strip() : "";
        } catch (IOException e) {
            return "";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "";
        }
    }

    /** By the file that is open: from JDK 22 on Java says of every process that it has a console. */
    @SuppressWarnings("SystemConsoleNull") // only where there is no /proc; the launcher sets what brings the null back
    private static boolean isTerminal(int descriptor) {
        try {
            String file = Files.readSymbolicLink(Path.of("/proc/self/fd/" + descriptor))
                    .toString();
            return file.startsWith("/dev/pts/") || file.startsWith("/dev/tty") || file.equals("/dev/console");
        } catch (IOException | UnsupportedOperationException e) {
            return System.console() != null;
        }
    }
}
