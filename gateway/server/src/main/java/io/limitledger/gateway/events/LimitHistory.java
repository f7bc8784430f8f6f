package io.limitledger.gateway.events;

import io.limitledger.audit.AuditedLog;
import io.limitledger.audit.Finding;
import io.limitledger.audit.ProgressListener;
import io.limitledger.audit.Replay;
import io.limitledger.audit.ReplayScope;
import io.limitledger.core.command.UpdateLimit.DefinitionChange;
import io.limitledger.gateway.admission.OverloadedException;
import io.limitledger.whatif.Figures;
import io.limitledger.whatif.Span;
import io.limitledger.whatif.WhatIf;
import io.limitledger.wire.EventRecord;
import io.limitledger.wire.LeaseIds;
import io.limitledger.wire.UnreadableRecordException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.function.BiPredicate;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * What was decided about a limit, from its beginning: read from Kafka for each question, on threads of its own.
 * Such a question costs reading a partition, so only few are answered at a time, and none for long.
 */
public final class LimitHistory implements AutoCloseable {
    /** Each fills a core while it reads, and the gateway has other work. */
    public static final int MOST_READERS = 2;

    /** Some millions of events. Who needs more has the command line, which does not keep a client waiting. */
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /** Some hundred bytes each, for as long as the question takes. */
    private static final int MOST_COMMANDS = 200_000;

    private static final long RETRY_MILLIS = 1_000;
    private static final int EVENTS_BETWEEN_LOOKS = 1_000;

    private final Supplier<? extends AuditedLog> logs;
    private final long patienceNanos;
    private final ExecutorService threads = new ThreadPoolExecutor(
            0, MOST_READERS, 10, TimeUnit.SECONDS, new SynchronousQueue<>(), LimitHistory::daemon);

    /** @param logs opens the log, for one question */
    public LimitHistory(Supplier<? extends AuditedLog> logs) {
        this(logs, PATIENCE);
    }

    LimitHistory(Supplier<? extends AuditedLog> logs, Duration patience) {
        this.logs = logs;
        this.patienceNanos = patience.toNanos();
    }

    /**
     * A limit as it was after the last of its events that is not later; empty if there was none of this name. Cancelling it
     * ends the reading.
     *
     * @param at epoch milliseconds
     * @throws OverloadedException if too many read already
     */
    public CompletableFuture<Optional<Replay.LimitThen>> at(String limit, long at) {
        return read((log, deadline) -> {
            Replay replay = new Replay(ReplayScope.of(limit, at), deadline).run(log);
            for (Finding finding : replay.findings().all()) {
                throw new IllegalStateException("Expected the events to be whole, but " + finding);
            }
            return replay.limits().stream().findFirst();
        });
    }

    /**
     * The first events of the last limit of this name with higher numbers. Cancelling it ends the reading.
     *
     * @param most how many to return at most
     * @throws OverloadedException if too many read already
     */
    public CompletableFuture<List<KeptEvent>> events(String limit, long after, int most) {
        return read((log, deadline) -> {
            int partition = LeaseIds.partition(limit, log.partitions());
            return page(limit, log.events(partition, 0), (number, event) -> number > after, most, deadline);
        });
    }

    /**
     * The first events of the last limit of this name in whose JSON a text occurs. Cancelling it ends the reading.
     *
     * @param text of ASCII characters that JSON does not escape
     * @param most how many to return at most
     * @throws OverloadedException if too many read already
     */
    public CompletableFuture<List<KeptEvent>> eventsWith(String limit, String text, int most) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        return read((log, deadline) -> {
            int partition = LeaseIds.partition(limit, log.partitions());
            return page(limit, log.events(partition, 0), (number, event) -> event.has(bytes), most, deadline);
        });
    }

    /**
     * What was on a limit, and what would have been under other definitions; empty if there was none of this name. Cancelling it ends the reading and deciding.
     *
     * @throws OverloadedException if too many read already
     */
    public CompletableFuture<Optional<Alternatives>> whatIf(String limit, Span span, List<DefinitionChange> changes) {
        return read((log, deadline) -> {
            WhatIf whatIf = WhatIf.of(limit, log, span, MOST_COMMANDS, deadline);
            List<WhatIf.Candidate> candidates = changes.stream()
                    .map(change -> whatIf.under(change, deadline))
                    .toList();
            return whatIf.isKnown()
                    ? Optional.of(new Alternatives(whatIf.commands(), whatIf.actual(), candidates))
                    : Optional.empty();
        });
    }

    /**
     * What was, and what would have been.
     *
     * @param commands that were decided again for each
     */
    public record Alternatives(int commands, Figures actual, List<WhatIf.Candidate> candidates) {}

    private static List<KeptEvent> page(
            String limit,
            Iterator<ConsumerRecord<byte[], byte[]>> records,
            BiPredicate<Long, KeptEvent> isWanted,
            int most,
            ProgressListener deadline) {
        byte[] key = limit.getBytes(StandardCharsets.UTF_8);
        List<KeptEvent> page = new ArrayList<>();
        for (long count = 1; records.hasNext(); count++) {
            ConsumerRecord<byte[], byte[]> record = records.next();
            if (Arrays.equals(record.key(), key)) {
                long number = number(record);
                if (number == 1) {
                    page.clear();
                }
                KeptEvent event = new KeptEvent(record.partition(), record.offset(), limit, record.value());
                if (page.size() < most && isWanted.test(number, event)) {
                    page.add(event);
                }
            }
            if (count % EVENTS_BETWEEN_LOOKS == 0) {
                deadline.read(count, 0);
            }
        }
        return page;
    }

    private static long number(ConsumerRecord<byte[], byte[]> record) {
        try {
            return EventRecord.read(record).event().number();
        } catch (UnreadableRecordException e) {
            throw new IllegalStateException(
                    "Expected an event at offset " + record.offset() + " of partition " + record.partition() + ", but "
                            + e.reason(),
                    e);
        }
    }

    private <T> CompletableFuture<T> read(BiFunction<AuditedLog, ProgressListener, T> reader) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        ProgressListener deadline = deadline(answer);
        try {
            CompletableFuture<Void> unused = CompletableFuture.supplyAsync(
                            () -> {
                                try (AuditedLog log = logs.get()) {
                                    return reader.apply(log, deadline);
                                }
                            },
                            threads)
                    .handle((read, failure) -> {
                        if (failure == null) {
                            answer.complete(read);
                        } else {
                            answer.completeExceptionally(failure);
                        }
                        return null;
                    });
            return answer;
        } catch (RejectedExecutionException e) {
            throw overloaded("Expected at most " + MOST_READERS
                    + " who read the past on this gateway at a time, but there are as many");
        }
    }

    private ProgressListener deadline(CompletableFuture<?> answer) {
        long startedNanos = System.nanoTime();
        return (events, share) -> {
            if (answer.isDone()) {
                throw new CancellationException("The client that asked for the past has gone");
            }
            if (System.nanoTime() - startedNanos > patienceNanos) {
                throw overloaded("Expected to have read the past within "
                        + TimeUnit.NANOSECONDS.toSeconds(patienceNanos) + " s, but after " + events
                        + " events there are more. Use 'limits audit replay', which has no time limit");
            }
        };
    }

    private static OverloadedException overloaded(String because) {
        return new OverloadedException(because, RETRY_MILLIS);
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "limit-history");
        thread.setDaemon(true);
        return thread;
    }
}
