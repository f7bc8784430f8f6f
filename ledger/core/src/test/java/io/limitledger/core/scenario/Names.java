package io.limitledger.core.scenario;

import io.limitledger.core.state.Asker;
import java.util.UUID;

/** Short names for what has long ones, and seconds for what is kept in milliseconds. */
public final class Names {
    /** The limit that is meant where none is named. */
    public static final String LIMIT = "db";

    private static final long START = 1_700_000_000_000L;

    private Names() {}

    /** A lease id that shows its name in messages. The name is one letter, a to f, or where many are needed two digits. */
    public static UUID id(String name) {
        return UUID.fromString(name.repeat(8 / name.length()) + "-0000-0000-0000-000000000000");
    }

    public static Asker asker(String name) {
        return asker("client", name);
    }

    public static Asker asker(String client, String name) {
        return new Asker("limits.replies", 0, client, name);
    }

    /** Epoch milliseconds of a time in seconds after the start of the time line. */
    public static long at(double seconds) {
        return START + millis(seconds);
    }

    public static long millis(double seconds) {
        return Math.round(seconds * 1_000);
    }
}
