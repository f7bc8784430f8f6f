package io.limitledger.gateway.program;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The terminal that this process was started from, if it was. */
final class Terminal {
    private static final int GROUP = 2;
    private static final int FOREGROUND_GROUP = 5;

    private Terminal() {}

    /**
     * Whether this process and its children are what Ctrl-C is meant for. Then the terminal sends SIGINT to each of them,
     * and to pass it on would send it twice. Without /proc this is not known, and twice is better than never.
     */
    static boolean isInForeground() {
        try {
            return isInForeground(Files.readString(Path.of("/proc/self/stat")));
        } catch (IOException e) {
            return false;
        }
    }

    /** From the line that Linux has for a process: its number, its name in brackets, state, parent, group, and so on. */
    static boolean isInForeground(String stat) {
        String[] afterName = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        return afterName[GROUP].equals(afterName[FOREGROUND_GROUP]);
    }
}
