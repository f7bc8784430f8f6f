package io.limitledger.gateway.events;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * The newest events of each partition, as many as fit a bound in bytes. One thread adds; any number read, each from a
 * position of its own, and a reader that is so slow that its position is no longer kept learns it by an exception. So readers need no buffers.
 */
public final class EventTail {
    /** For all partitions together: some 50,000 events, which is minutes of a busy ledger and months of a quiet one. */
    private static final long MOST_BYTES = 32L * 1_024 * 1_024;

    private final List<Partition> partitions;
    private volatile boolean caughtUp;
    private volatile Consumer<KeptEvent> onAdd = event -> {};

    private static final class Partition {
        private final ConcurrentNavigableMap<Long, KeptEvent> events = new ConcurrentSkipListMap<>();
        private final long mostBytes;
        private long bytes;
        /** All from here on is kept; moved before anything is dropped. */
        private volatile long start;
        /** All before here was seen; moved after it was added. */
        private volatile long end;

        Partition(long mostBytes) {
            this.mostBytes = mostBytes;
        }
    }

    public EventTail(int partitions) {
        this(partitions, MOST_BYTES);
    }

    EventTail(int partitions, long mostBytes) {
        this.partitions = IntStream.range(0, partitions)
                .mapToObj(partition -> new Partition(mostBytes / partitions))
                .toList();
    }

    public int partitions() {
        return partitions.size();
    }

    /**
     * From now on this is called with each event that is added, on the thread that adds; it must not block. Another call replaces
     * an earlier one.
     */
    public void onAdd(Consumer<KeptEvent> listener) {
        onAdd = listener;
    }

    /** Nothing is known before this offset. */
    public void begin(int partition, long offset) {
        Partition part = partitions.get(partition);
        part.events.clear();
        part.bytes = 0;
        part.start = offset;
        part.end = offset;
    }

    /** Adds an event behind all others of its partition, and drops the oldest ones that no longer fit. */
    public void add(KeptEvent event) {
        Partition part = partitions.get(event.partition());
        part.events.put(event.offset(), event);
        part.bytes += event.bytes();
        Iterator<KeptEvent> oldest = part.events.values().iterator();
        while (part.bytes > part.mostBytes) {
            KeptEvent dropped = oldest.next();
            part.start = dropped.offset() + 1;
            part.bytes -= dropped.bytes();
            oldest.remove();
        }
        part.end = event.offset() + 1;
        onAdd.accept(event);
    }

    /** Everything before this offset has been added. */
    public void seen(int partition, long offset) {
        Partition part = partitions.get(partition);
        part.end = Math.max(part.end, offset);
    }

    /** Where each partition goes on. */
    public long[] ends() {
        return partitions.stream().mapToLong(part -> part.end).toArray();
    }

    /** Whether nothing is missing from these offsets on. They may be ahead: another gateway was quicker. */
    public boolean covers(long[] positions) {
        return positions.length == partitions.size()
                && IntStream.range(0, positions.length).allMatch(i -> positions[i] >= partitions.get(i).start);
    }

    /** All has been added that there was at the start. */
    public void markCaughtUp() {
        caughtUp = true;
    }

    public boolean hasCaughtUp() {
        return caughtUp;
    }

    /**
     * Reads on, and moves the position of each partition behind what was read or passed over.
     *
     * @param wanted which events are returned
     * @param most how many events to return at most
     * @throws OvertakenException if what comes next is no longer kept
     */
    public List<KeptEvent> read(long[] positions, Predicate<KeptEvent> wanted, int most) {
        List<KeptEvent> found = new ArrayList<>();
        for (int i = 0; i < positions.length && found.size() < most; i++) {
            read(partitions.get(i), positions, i, wanted, most, found);
        }
        return found;
    }

    private static void read(
            Partition part, long[] positions, int index, Predicate<KeptEvent> wanted, int most, List<KeptEvent> found) {
        long from = positions[index];
        long end = part.end;
        if (from >= end) {
            return;
        }
        long next = end;
        for (KeptEvent event : part.events.subMap(from, end).values()) {
            if (found.size() == most) {
                next = event.offset();
                break;
            }
            if (wanted.test(event)) {
                found.add(event);
            }
        }
        // Asked last, since it may have moved meanwhile.
        if (part.start > from) {
            throw new OvertakenException();
        }
        positions[index] = next;
    }

    /** What is kept of a limit's events, the oldest first. */
    public List<KeptEvent> of(String limit, int partition) {
        return partitions.get(partition).events.values().stream()
                .filter(event -> event.limit().equals(limit))
                .toList();
    }

    /**
     * What is kept of the events, of all limits, in whose JSON a text occurs; the oldest of each partition first.
     *
     * @param text of ASCII characters that JSON does not escape
     */
    public List<KeptEvent> with(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        return partitions.stream()
                .flatMap(part -> part.events.values().stream())
                .filter(event -> event.has(bytes))
                .toList();
    }

    /** Whether the partition is kept from its very beginning. */
    public boolean isWhole(int partition) {
        return partitions.get(partition).start == 0;
    }
}
