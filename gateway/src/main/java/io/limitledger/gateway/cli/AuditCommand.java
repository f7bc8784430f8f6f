package io.limitledger.gateway.cli;

import io.limitledger.audit.Finding;
import io.limitledger.audit.Findings;
import io.limitledger.audit.Head;
import io.limitledger.audit.KafkaAuditedLog;
import io.limitledger.audit.Replay;
import io.limitledger.audit.Verification;
import io.limitledger.core.state.LedgerState;
import io.limitledger.core.state.Limit;
import io.limitledger.gateway.start.StartException;
import io.limitledger.topics.TopicsSetup;
import io.limitledger.wire.LedgerJson;
import java.io.IOException;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongConsumer;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code limits audit}: reads the ledger from Kafka, while it runs, and says what was, and whether all is as it must be. */
@Command(
        name = "audit",
        description = "Read the ledger from Kafka: what was when, and whether all is as it must be.",
        mixinStandardHelpOptions = true)
final class AuditCommand implements Runnable {
    private static final int CLEAN = 0;
    private static final int FINDINGS = 1;
    private static final int NOT_READ = 2;
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Expected what to audit: verify, head or replay");
    }

    @Command(
            name = "verify",
            description = "Check that every event is there, unaltered, and follows from the commands, and that the live"
                    + " state is what the events make of it. Exit code 0: it is so; 1: findings; 2: could not read.",
            mixinStandardHelpOptions = true)
    int verify(
            @Mixin ClusterOptions cluster,
            @Option(
                            names = "--heads",
                            paramLabel = "FILE",
                            description = "What 'audit head' wrote before: it must still be there, unaltered.")
                    @Nullable
                    Path heads) {
        List<Head> kept = heads == null ? List.of() : readHeads(heads);
        return reading(cluster, log -> {
            long startNanos = System.nanoTime();
            Verification done = new Verification(log, kept, progress()).run();
            tell(done, startNanos);
            return done.findings().all().isEmpty() ? CLEAN : FINDINGS;
        });
    }

    private void tell(Verification done, long startNanos) {
        Findings findings = done.findings();
        PrintWriter out = spec.commandLine().getOut();
        for (Finding finding : findings.all()) {
            out.println(finding);
        }
        if (findings.left() > 0) {
            out.println("and " + findings.left() + " more that follow from these, or are like them");
        }
        double seconds = (System.nanoTime() - startNanos) / 1e9;
        out.printf(
                Locale.ROOT,
                "%s: %d events, %d commands decided again, %.1f s, %.0f events/s%n",
                findings.all().isEmpty() ? "clean" : findings.all().size() + " findings",
                done.events(),
                done.commands(),
                seconds,
                done.events() / seconds);
        out.flush();
    }

    @Command(
            name = "head",
            description = "Print the hash of the last event of each limit, a line of JSON each. Kept elsewhere, they"
                    + " prove later with 'verify --heads' that the history before was only added to.",
            mixinStandardHelpOptions = true)
    int head(@Mixin ClusterOptions cluster) {
        return reading(cluster, log -> {
            Verification done = new Verification(log, List.of(), progress()).run();
            PrintWriter out = spec.commandLine().getOut();
            for (Head head : done.heads()) {
                out.println(LedgerJson.PUBLIC.writeValueAsString(head));
            }
            out.flush();
            if (!done.findings().all().isEmpty()) {
                spec.commandLine().getErr().println("There are findings; see 'audit verify'");
            }
            return done.findings().all().isEmpty() ? CLEAN : FINDINGS;
        });
    }

    @Command(
            name = "replay",
            description = "Print the limits, who held and who waited, as the events tell it, now or at a time.",
            mixinStandardHelpOptions = true)
    int replay(
            @Mixin ClusterOptions cluster,
            @Option(names = "--at", paramLabel = "TIME", description = "Such as 2026-11-20T10:15:00Z; otherwise all.")
                    @Nullable
                    String at,
            @Option(names = "--limit", paramLabel = "NAME", description = "Only this limit; several times for several.")
                    @Nullable
                    List<String> names,
            @Option(names = "--json", description = "A JSON object for each limit instead of a table.") boolean json) {
        long until = at == null ? LedgerState.NEVER : time(at);
        return reading(cluster, log -> {
            Replay done = new Replay(until, name -> names == null || names.contains(name), progress()).run(log);
            PrintWriter out = spec.commandLine().getOut();
            for (Replay.LimitThen then : done.limits()) {
                if (json) {
                    out.println(LedgerJson.PUBLIC.writeValueAsString(then));
                } else {
                    print(then, Math.min(until, then.limit().decidedAt()), out);
                }
            }
            out.flush();
            return CLEAN;
        });
    }

    private static void print(Replay.LimitThen then, long at, PrintWriter out) {
        Limit limit = then.limit();
        out.printf(
                Locale.ROOT,
                "%s: %s of %d occupied, %d hold, %d wait%s%n",
                limit.name(),
                BigDecimal.valueOf(limit.bucketAt(at).levelMicros(), 6)
                        .stripTrailingZeros()
                        .toPlainString(),
                limit.definition().limit(),
                limit.leases(),
                limit.waiting(),
                limit.definition().active() ? "" : ", inactive");
        then.leases()
                .forEach(lease -> out.printf(
                        "  holds %d since %s until %s  %s  %s%n",
                        lease.slots(),
                        Instant.ofEpochMilli(lease.startsAt()),
                        Instant.ofEpochMilli(lease.expiresAt()),
                        lease.leaseId(),
                        lease.holder() == null ? "" : lease.holder().json()));
        then.waiters()
                .forEach(waiter -> out.printf(
                        "  waits for %d since %s until %s  %s  %s%n",
                        waiter.slots(),
                        Instant.ofEpochMilli(waiter.since()),
                        Instant.ofEpochMilli(waiter.until()),
                        waiter.leaseId(),
                        waiter.holder() == null ? "" : waiter.holder().json()));
    }

    private long time(String text) {
        try {
            return Instant.parse(text).toEpochMilli();
        } catch (DateTimeException | ArithmeticException e) {
            throw new ParameterException(
                    spec.commandLine(),
                    "Expected --at to be a time like 2026-11-20T10:15:00Z, but got '" + text + "'",
                    e);
        }
    }

    private static List<Head> readHeads(Path file) {
        try {
            List<Head> heads = new ArrayList<>();
            for (String line : Files.readAllLines(file)) {
                heads.add(LedgerJson.PUBLIC.readValue(line, Head.class));
            }
            return heads;
        } catch (IOException e) {
            throw new StartException("Expected what 'audit head' wrote in " + file + ", but " + e.getMessage(), e);
        }
    }

    private LongConsumer progress() {
        PrintWriter err = spec.commandLine().getErr();
        return events -> {
            if (events % 1_000_000 == 0) {
                err.println(events / 1_000_000 + " million events read");
                err.flush();
            }
        };
    }

    /** What is done with the log. */
    private interface Audit {
        int of(KafkaAuditedLog log) throws IOException;
    }

    private int reading(ClusterOptions cluster, Audit audit) {
        Map<String, Object> client = cluster.clientProperties();
        int partitions = TopicsSetup.find(client, TIMEOUT).commands();
        try (KafkaAuditedLog log = new KafkaAuditedLog(client, partitions)) {
            return audit.of(log);
        } catch (IOException | KafkaException | IllegalStateException e) {
            spec.commandLine().getErr().println("Could not read the ledger: " + e.getMessage());
            return NOT_READ;
        }
    }
}
