package io.limitledger.gateway.cli;

import io.limitledger.gateway.run.LedgerRole;
import io.limitledger.gateway.start.StartException;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** How this instance of the ledger runs. */
final class LedgerOptions {
    @Option(
            names = "--data-dir",
            paramLabel = "DIR",
            defaultValue = "limits-data",
            description = "Where everything is kept (default: ${DEFAULT-VALUE}).")
    private Path dataDirectory = Path.of("limits-data");

    @Option(
            names = "--threads",
            defaultValue = "1",
            description = "Threads that decide; each takes some of the partitions (default: ${DEFAULT-VALUE}).")
    private int threads;

    @Option(
            names = "--standbys",
            defaultValue = "0",
            description = "Other instances that follow this one's state, to take over at once"
                    + " (default: ${DEFAULT-VALUE}).")
    private int standbys;

    @Option(
            names = "--state",
            paramLabel = "memory|disk",
            defaultValue = "memory",
            description = "Where live state is kept: disk is for more than fits the heap (default: ${DEFAULT-VALUE}).")
    private State state = State.MEMORY;

    private enum State {
        MEMORY,
        DISK
    }

    Path dataDirectory() {
        return dataDirectory;
    }

    LedgerRole.Options role() {
        if (threads < 1 || standbys < 0) {
            throw new StartException(
                    "Expected at least 1 of --threads and 0 of --standbys, but got " + threads + " and " + standbys);
        }
        return new LedgerRole.Options(dataDirectory.resolve("ledger"), threads, standbys, state == State.DISK);
    }
}
