package io.limitledger.gateway.program;

/** Exit codes that are not the program's own: those of sysexits.h, and of shells where they have one. */
public final class ExitCode {
    /** The command line is not in order, or what it asks for can never be granted. */
    public static final int USAGE = 64;

    /** A file has mistakes in what it says. */
    public static final int DATA_ERROR = 65;

    /** A limit, a lease or a file does not exist. */
    public static final int NO_INPUT = 66;

    /** The ledger could not be asked. */
    public static final int UNAVAILABLE = 69;

    /** A fault of this command. */
    public static final int SOFTWARE = 70;

    /** Not now; trying later may help. */
    public static final int TEMPORARY_FAILURE = 75;

    /** Not permitted to this user or token. */
    public static final int NO_PERMISSION = 77;

    /** The program is there, but cannot be run. */
    public static final int CANNOT_RUN = 126;

    /** There is no such program. */
    public static final int NOT_FOUND = 127;

    private static final int BY_SIGNAL = 128;

    private ExitCode() {}

    static int ofSignal(int number) {
        return BY_SIGNAL + number;
    }
}
