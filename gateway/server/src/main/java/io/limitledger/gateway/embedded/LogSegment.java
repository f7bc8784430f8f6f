package io.limitledger.gateway.embedded;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.zip.CRC32C;

/**
 * A file of record batches in Kafka's format (version 2, see "Record Batch" in Kafka's documentation), and the indexes beside
 * it, read from one end to the other.
 */
final class LogSegment {
    private static final int LENGTH_AT = 8;
    private static final int MAGIC_AT = 16;
    private static final int CHECKSUM_AT = 17;
    private static final int ATTRIBUTES_AT = 21;
    private static final int LAST_OFFSET_DELTA_AT = 23;
    private static final int PRODUCER_AT = 43;
    private static final int HEADER_BYTES = 61;
    /** What the length of a batch does not count: the offset and the length itself. */
    private static final int UNCOUNTED_BYTES = 12;

    private static final byte MAGIC = 2;
    private static final int IS_TRANSACTIONAL = 0x10;
    private static final int IS_CONTROL = 0x20;

    /** In a control batch, whose one record is so small that each of its lengths takes one byte. */
    private static final int CONTROL_TYPE_AT = 68;

    private static final short ABORT = 0;
    private static final int INDEX_ENTRY_BYTES = 8;
    private static final int TIME_INDEX_ENTRY_BYTES = 12;
    private static final int ABORT_INDEX_ENTRY_BYTES = 34;
    private static final String[] INDEXES = {".index", ".timeindex", ".txnindex"};

    private final Path file;
    private final int size;
    private final long base;
    private int readableBytes;
    private long nextOffset;
    private final Map<Long, Long> open = new HashMap<>();
    private final Set<Abort> aborts = new HashSet<>();
    private int abortMarkers;
    private boolean isIndexed = true;

    /** Of a transaction: its producer, and its first and last offset. */
    private record Abort(long producer, long first, long last) {}

    private LogSegment(Path file, int size) {
        this.file = file;
        this.size = size;
        this.base = file.toString().endsWith(".log") ? offsetOf(file) : 0;
        this.nextOffset = base;
    }

    static LogSegment read(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            int size = Math.toIntExact(channel.size());
            LogSegment segment = new LogSegment(file, size);
            segment.read(channel.map(MapMode.READ_ONLY, 0, size));
            return segment;
        }
    }

    /** The offset in the name of one of Kafka's files. */
    static long offsetOf(Path file) {
        String digits = file.getFileName().toString().replaceFirst("\\D.*", "");
        return digits.isEmpty() ? 0 : Long.parseLong(digits);
    }

    private void read(ByteBuffer bytes) throws IOException {
        ByteBuffer index = index(".index", INDEX_ENTRY_BYTES);
        while (isBatch(bytes)) {
            long last = bytes.getLong(readableBytes) + bytes.getInt(readableBytes + LAST_OFFSET_DELTA_AT);
            passIndex(index, last);
            passTransaction(bytes, last);
            nextOffset = last + 1;
            readableBytes += UNCOUNTED_BYTES + bytes.getInt(readableBytes + LENGTH_AT);
        }
        isIndexed &= !index.hasRemaining()
                && hasFittingTimes(index(".timeindex", TIME_INDEX_ENTRY_BYTES))
                && hasFittingAborts(index(".txnindex", ABORT_INDEX_ENTRY_BYTES));
    }

    private void passTransaction(ByteBuffer bytes, long last) {
        int attributes = bytes.getShort(readableBytes + ATTRIBUTES_AT);
        long producer = bytes.getLong(readableBytes + PRODUCER_AT);
        if ((attributes & IS_TRANSACTIONAL) == 0) {
            return;
        }
        if ((attributes & IS_CONTROL) == 0) {
            open.putIfAbsent(producer, bytes.getLong(readableBytes));
            return;
        }
        Long first = open.remove(producer);
        if (bytes.getShort(readableBytes + CONTROL_TYPE_AT) == ABORT) {
            abortMarkers++;
            if (first != null) {
                aborts.add(new Abort(producer, first, last));
            }
        }
    }

    /** Without an entry what was aborted would be read as if it had been committed. Some transactions begin in older segments. */
    private boolean hasFittingAborts(ByteBuffer index) {
        Set<Abort> found = new HashSet<>();
        int entries = 0;
        while (index.hasRemaining()) {
            index.getShort();
            found.add(new Abort(index.getLong(), index.getLong(), index.getLong()));
            index.getLong();
            entries++;
        }
        return entries <= abortMarkers && found.containsAll(aborts);
    }

    private boolean isBatch(ByteBuffer bytes) {
        int at = readableBytes;
        if (size - at < HEADER_BYTES || bytes.get(at + MAGIC_AT) != MAGIC) {
            return false;
        }
        int length = bytes.getInt(at + LENGTH_AT);
        boolean fits = length >= HEADER_BYTES - UNCOUNTED_BYTES && length <= size - at - UNCOUNTED_BYTES;
        return fits
                && isNext(bytes.getLong(at))
                && bytes.getInt(at + LAST_OFFSET_DELTA_AT) >= 0
                && checksum(bytes.slice(at + ATTRIBUTES_AT, UNCOUNTED_BYTES + length - ATTRIBUTES_AT))
                        == bytes.getInt(at + CHECKSUM_AT);
    }

    /** The newest segment is never compacted, so no offset is left out. The checksum does not include the offset. */
    private boolean isNext(long offset) {
        return readableBytes == 0 ? offset >= nextOffset : offset == nextOffset;
    }

    private static int checksum(ByteBuffer bytes) {
        CRC32C checksum = new CRC32C();
        checksum.update(bytes);
        return (int) checksum.getValue();
    }

    /** An entry names a batch by the place where it begins, with an offset that is not before its last one. */
    private void passIndex(ByteBuffer index, long last) {
        int entry = index.position();
        if (index.hasRemaining() && index.getInt(entry + Integer.BYTES) <= readableBytes) {
            isIndexed &= index.getInt(entry + Integer.BYTES) == readableBytes && base + index.getInt(entry) >= last;
            index.position(entry + INDEX_ENTRY_BYTES);
        }
    }

    private boolean hasFittingTimes(ByteBuffer index) {
        long time = Long.MIN_VALUE;
        int offset = 0;
        while (index.hasRemaining()) {
            long nextTime = index.getLong();
            int next = index.getInt();
            if (nextTime < time || next < offset || base + next >= nextOffset) {
                return false;
            }
            time = nextTime;
            offset = next;
        }
        return true;
    }

    /** The entries of an index; none of one that cannot be whole, and then the segment is not indexed. */
    private ByteBuffer index(String ending, int entryBytes) throws IOException {
        Path index = sibling(ending);
        byte[] bytes = Files.exists(index) ? Files.readAllBytes(index) : new byte[0];
        boolean isWhole = bytes.length % entryBytes == 0;
        isIndexed &= isWhole;
        return ByteBuffer.wrap(isWhole ? bytes : new byte[0]);
    }

    private Path sibling(String ending) {
        return file.resolveSibling(file.getFileName().toString().replaceFirst("\\.[a-z]+$", ending));
    }

    boolean isWhole() {
        return readableBytes == size;
    }

    String damage() {
        return "it can be read only up to byte " + readableBytes + " of " + size;
    }

    /** Behind the last record that can be read. */
    long nextOffset() {
        return nextOffset;
    }

    /** Whether the indexes say of the segment what it says itself. */
    boolean hasFittingIndexes() {
        return isIndexed;
    }

    Path file() {
        return file;
    }

    /** Removes what cannot be read, and the indexes. Kafka alone would give up where the offset of a batch is damaged. */
    void cutOff() throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate(readableBytes);
        }
        removeIndexes();
    }

    /** Kafka makes them anew from the segment. */
    void removeIndexes() throws IOException {
        for (String ending : INDEXES) {
            Files.deleteIfExists(sibling(ending));
        }
    }
}
