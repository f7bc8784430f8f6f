package io.limitledger.gateway.program;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The holder as people recognise it: which process. Without the program's arguments, which may be secret. */
public final class ProcessInWords {
    private ProcessInWords() {}

    public static String of(String program) {
        return System.getProperty("user.name") + "@" + host() + ": " + program + " (process "
                + ProcessHandle.current().pid() + ")";
    }

    /** Linux has it at hand; elsewhere the resolver is asked, which may take its time. */
    private static String host() {
        try {
            return Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
        } catch (IOException e) {
            return resolved();
        }
    }

    private static String resolved() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "unknown host";
        }
    }
}
