package io.limitledger.audit;

import io.limitledger.core.state.LedgerState;
import io.limitledger.wire.EventRecord;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Folds the events of one partition as far as a replay reaches. Those of other limits and of later times are not even parsed. */
final class PartitionReplay {
    private static final byte[] NO_KEY = {};

    private final ReplayScope scope;
    private final long end;
    private final Fold fold;
    private final Set<ByteBuffer> wanted;
    private final Set<ByteBuffer> over = new HashSet<>();
    private final Consumer<Checkpoint.Part> checkpoint;
    private long next;
    private long latest;
    private boolean isCut;
    private long cameBackAt = LedgerState.NEVER;

    /**
     * Begins behind what a part holds.
     *
     * @param checkpoint called once, with the position before which the fold holds all events, and behind which none
     */
    PartitionReplay(ReplayScope scope, Checkpoint.Part begin, Findings findings, Consumer<Checkpoint.Part> checkpoint) {
        this.scope = scope;
        this.end = scope.end(begin.partition());
        this.fold = new Fold(begin, findings);
        this.next = begin.next();
        this.latest = begin.latest();
        this.checkpoint = checkpoint;
        this.wanted = scope.limits().stream()
                .map(limit -> ByteBuffer.wrap(limit.getBytes(StandardCharsets.UTF_8)))
                .collect(Collectors.toUnmodifiableSet());
    }

    Fold read(Iterator<ConsumerRecord<byte[], byte[]>> records, Progress progress) {
        while (records.hasNext()) {
            ConsumerRecord<byte[], byte[]> record = records.next();
            if (record.offset() >= end) {
                break;
            }
            progress.pass(record);
            if (isCut && record.timestamp() <= scope.at()) {
                cameBackAt = record.offset() + 1;
            }
            apply(record);
            next = record.offset() + 1;
        }
        cut();
        return fold;
    }

    private void apply(ConsumerRecord<byte[], byte[]> record) {
        ByteBuffer limit = ByteBuffer.wrap(record.key() == null ? NO_KEY : record.key());
        if ((!wanted.isEmpty() && !wanted.contains(limit)) || isOver(limit, record.timestamp())) {
            return;
        }
        EventRecord read = fold.read(record);
        if (read == null) {
            return;
        }
        long at = read.event().at() - read.event().aheadMillis();
        if (!isOver(limit, at)) {
            fold.apply(read, record);
            latest = Math.max(latest, at);
        }
    }

    /**
     * Where the broker's clock came back, after it had been later than the scope: behind the last event that is within the
     * scope all the same. {@link LedgerState#NEVER} if it did not.
     */
    long cameBackAt() {
        return cameBackAt;
    }

    /** A limit's first event of a later time is its end, even if it is made again; unless the broker's clock steps back. */
    private boolean isOver(ByteBuffer limit, long at) {
        if (scope.at() == LedgerState.NEVER) {
            return false;
        }
        if (at > scope.at()) {
            over.add(limit);
            cut();
        }
        return over.contains(limit);
    }

    /** Here is the last place at which no event has been left out. */
    private void cut() {
        if (!isCut) {
            isCut = true;
            checkpoint.accept(fold.part(next, latest));
        }
    }
}
