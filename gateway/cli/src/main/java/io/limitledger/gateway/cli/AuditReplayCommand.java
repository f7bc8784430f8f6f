package io.limitledger.gateway.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.limitledger.audit.Checkpoint;
import io.limitledger.audit.CheckpointReader;
import io.limitledger.audit.CheckpointWriter;
import io.limitledger.audit.KafkaAuditedLog;
import io.limitledger.audit.LastChange;
import io.limitledger.audit.Replay;
import io.limitledger.audit.ReplayScope;
import io.limitledger.core.state.LedgerState;
import io.limitledger.core.state.Limit;
import io.limitledger.topics.LedgerTopics;
import io.limitledger.wire.LeaseIds;
import io.limitledger.wire.LedgerJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code limits audit replay}: what was when. */
@Command(
        name = "replay",
        description =
                "Print the limits, who changed them last, their holders, waiters and keys, as the events have it, now or"
                        + " at a time. Exit code 0:"
                        + " done; 1: the events are broken, and so is what is printed; 2: could not read.",
        mixinStandardHelpOptions = true)
final class AuditReplayCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Mixin
    private AuditOptions audit = new AuditOptions();

    @Option(
            names = "--at",
            paramLabel = "TIME",
            description = "As it was then, such as 2026-11-20T10:15:00Z: events of a later time do not count.")
    private @Nullable String at;

    @Option(
            names = "--up-to",
            paramLabel = "PARTITION=OFFSET",
            split = ",",
            description = "As it was after the event at this offset of limits.events, which still counts; several for"
                    + " several partitions. A partition that is not named counts to its end.")
    private Map<Integer, Long> upTo = Map.of();

    @Option(names = "--limit", paramLabel = "NAME", description = "Only this limit; several times for several.")
    private Set<String> limits = Set.of();

    @Option(
            names = "--checkpoint",
            paramLabel = "FILE",
            description =
                    "Begin where an earlier replay ended, if this file says so, and note in it how far this one has"
                            + " come. With --limit it is only read.")
    private @Nullable Path checkpoint;

    @Option(names = "--json", description = "A JSON object for each limit instead of a table.")
    private boolean json;

    @Override
    public Integer call() {
        ReplayScope scope = new ReplayScope(at == null ? LedgerState.NEVER : time(at), upTo, limits);
        return audit.reading(() -> replay(scope));
    }

    private int replay(ReplayScope scope) throws IOException {
        Checkpoint begin = begin();
        try (KafkaAuditedLog log = audit.open()) {
            requirePartitions(log.partitions());
            requireOffsets(log);
            AuditProgress progress = audit.progress();
            Replay done = run(new Replay(scope, progress), log, begin);
            print(done, scope.at());
            AuditOptions.print(done.findings(), json, audit.err());
            audit.err().println("replayed: " + progress.rate(done.events()));
            audit.err().flush();
            return done.findings().all().isEmpty() ? AuditOptions.CLEAN : AuditOptions.FINDINGS;
        }
    }

    private Checkpoint begin() throws IOException {
        return checkpoint == null || !Files.exists(checkpoint) ? Checkpoint.NONE : CheckpointReader.read(checkpoint);
    }

    private Replay run(Replay replay, KafkaAuditedLog log, Checkpoint begin) throws IOException {
        if (checkpoint == null) {
            return replay.run(log);
        }
        Checkpoint own = fitting(begin, log);
        if (limits.isEmpty()) {
            try (CheckpointWriter next = new CheckpointWriter(checkpoint, log)) {
                replay.run(log, own, next);
                if (replay.findings().all().isEmpty()) {
                    next.commit();
                }
            }
        } else {
            replay.run(log, own, null);
        }
        if (!replay.tooFar().isEmpty()) {
            audit.err()
                    .println("The checkpoint is beyond what was asked for: read from the beginning of partitions "
                            + replay.tooFar());
        }
        return replay;
    }

    private Checkpoint fitting(Checkpoint begin, KafkaAuditedLog log) {
        if (begin.isEmpty() || begin.isOf(log)) {
            return begin;
        }
        audit.err().println("The checkpoint is of another ledger: reading from the beginning");
        return Checkpoint.NONE;
    }

    private void requirePartitions(int partitions) {
        for (int partition : upTo.keySet()) {
            if (partition < 0 || partition >= partitions) {
                throw new ParameterException(
                        spec.commandLine(),
                        "--up-to names partition " + partition + "; there are partitions 0 to " + (partitions - 1));
            }
        }
        if (!limits.isEmpty()) {
            requireRead(limits.stream()
                    .map(limit -> LeaseIds.partition(limit, partitions))
                    .collect(Collectors.toCollection(TreeSet::new)));
        }
    }

    /** A bound on a partition that is not read would have no effect. */
    private void requireRead(Set<Integer> read) {
        for (int partition : upTo.keySet()) {
            if (!read.contains(partition)) {
                throw new ParameterException(
                        spec.commandLine(),
                        "--up-to names partition " + partition + ", but the limits of --limit are in " + read);
            }
        }
    }

    private void requireOffsets(KafkaAuditedLog log) {
        upTo.forEach((partition, offset) -> {
            long end = log.eventsEnd(partition);
            if (offset < 0 || offset >= end) {
                throw new ParameterException(
                        spec.commandLine(),
                        "--up-to is " + partition + "=" + offset + ", but partition " + partition + " of "
                                + LedgerTopics.EVENTS
                                + (end == 0 ? " is empty" : " has offsets 0 to " + (end - 1)));
            }
        });
    }

    private void print(Replay done, long at) throws IOException {
        for (Replay.LimitThen then : done.limits()) {
            Limit limit = then.limit().limit();
            LastChange change = done.change(limit.name());
            if (json) {
                audit.out().println(json(then, change));
            } else {
                new ReplayText(audit.out(), at == LedgerState.NEVER ? limit.decidedAt() : at).print(then, change);
            }
        }
        audit.out().flush();
    }

    private static String json(Replay.LimitThen then, @Nullable LastChange change) throws IOException {
        ObjectNode object = LedgerJson.PUBLIC.valueToTree(then);
        if (change != null) {
            object.set("lastChange", LedgerJson.PUBLIC.valueToTree(change));
        }
        return LedgerJson.PUBLIC.writeValueAsString(object);
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
}
