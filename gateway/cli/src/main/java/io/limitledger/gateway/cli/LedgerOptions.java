package io.limitledger.gateway.cli;

import io.limitledger.gateway.machine.StartException;
import io.limitledger.gateway.process.LedgerRole;
import io.limitledger.gateway.process.ProgressPrinter;
import io.limitledger.restore.Restore;
import io.limitledger.restore.RestoreException;
import io.limitledger.topics.LedgerTopics;
import io.limitledger.topology.LedgerSettings;
import io.limitledger.topology.ReplyTopics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDB;
import picocli.CommandLine.Option;

/** How this instance of the ledger runs. */
final class LedgerOptions {
    /** Less than this, and a collection of garbage is taken for death. */
    private static final Duration SHORTEST_SESSION = Duration.ofSeconds(1);

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

    @Option(
            names = "--session-timeout",
            paramLabel = "DURATION",
            defaultValue = "6s",
            description =
                    "How long an instance that is not heard of keeps its work (default: ${DEFAULT-VALUE}; for less,"
                            + " the brokers' group.min.session.timeout.ms must allow it).")
    private Duration session = LedgerSettings.DEFAULT_SESSION;

    @Option(
            names = "--reply-topics",
            paramLabel = "TOPIC",
            split = ",",
            description = "Topics of direct producers to which replies may go, besides " + LedgerTopics.REPLIES
                    + ": names, with * at the beginning or end for any text; never the ledger's own (default: "
                    + ReplyTopics.USUAL + " with the embedded broker, none on a cluster).")
    private @Nullable List<String> replyTopics;

    @Option(
            names = "--accept-loss",
            description =
                    "Go on where live state and topics differ, with the state as it is; 'limits restore' builds it"
                            + " from the events instead.")
    private boolean acceptLoss;

    private enum State {
        MEMORY,
        DISK
    }

    Path dataDirectory() {
        return dataDirectory;
    }

    boolean isLossAccepted() {
        return acceptLoss;
    }

    /** Before the ledger starts: accepts what a start has said is lost, if that was asked for. */
    void acceptLossIfAsked(Map<String, Object> client, int partitions, ProgressPrinter progress) {
        if (acceptLoss) {
            try (Restore restore = new Restore(client, partitions, progress::step)) {
                restore.acceptLoss();
            } catch (RestoreException e) {
                throw new StartException(String.valueOf(e.getMessage()), e);
            }
        }
    }

    /**
     * Checks what can be checked before anything is started.
     *
     * @param embedded whether the broker is this process's own, where no topic is another's
     */
    LedgerRole.Options role(boolean embedded) {
        if (threads < 1 || standbys < 0) {
            throw new StartException(
                    "Expected at least 1 of --threads and 0 of --standbys, but got " + threads + " and " + standbys);
        }
        if (session.compareTo(SHORTEST_SESSION) < 0) {
            throw new StartException("Expected at least 1 s of --session-timeout, but got " + session);
        }
        if (dataDirectory.toString().contains(",")) {
            throw new StartException("--data-dir is " + dataDirectory
                    + ", and Kafka takes a comma for the end of a path: choose a directory without one");
        }
        if (state == State.DISK) {
            loadRocksDb();
        }
        return new LedgerRole.Options(
                dataDirectory.resolve("ledger"),
                threads,
                standbys,
                state == State.DISK,
                session,
                replyTopics(embedded));
    }

    private ReplyTopics replyTopics(boolean embedded) {
        try {
            return replyTopics == null ? ReplyTopics.usual(embedded) : ReplyTopics.of(replyTopics);
        } catch (IllegalArgumentException e) {
            throw new StartException("--reply-topics: " + e.getMessage(), e);
        }
    }

    /** Otherwise the threads that decide would find out, one after the other, for as long as a start may take. */
    private static void loadRocksDb() {
        try {
            RocksDB.loadLibrary();
        } catch (RuntimeException | UnsatisfiedLinkError e) {
            Throwable reason = e.getCause() == null ? e : e.getCause();
            throw new StartException(
                    "--state disk needs RocksDB, whose library could not be loaded from "
                            + System.getProperty("java.io.tmpdir") + ": " + reason.getMessage()
                            + ". If programs may not run from there (noexec), set ROCKSDB_SHAREDLIB_DIR in the environment, or"
                            + " -Djava.io.tmpdir before -jar, to a directory from which they may",
                    e);
        }
    }
}
