package io.limitledger.audit;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.limitledger.core.state.HeapRecords;
import io.limitledger.core.state.Removals;
import io.limitledger.wire.LedgerJson;
import io.limitledger.wire.StateJson;
import io.limitledger.wire.StateKey;
import java.io.BufferedWriter;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * Writes a checkpoint, partition by partition, beside the file that it will be. That one is replaced at the end, at once and
 * as a whole; so a process that is killed in between leaves the old one.
 */
public final class CheckpointWriter implements Closeable {
    private final Path file;
    private final Path draft;
    private final BufferedWriter out;
    private final CheckpointForm.Digest digest = new CheckpointForm.Digest();

    /** Begins a checkpoint of this log. */
    public CheckpointWriter(Path file, EventLog log) throws IOException {
        this.file = file.toAbsolutePath();
        this.draft = this.file.resolveSibling(this.file.getFileName() + ".draft");
        this.out = Files.newBufferedWriter(draft);
        write(CheckpointForm.HEADER, new CheckpointForm.Header(CheckpointForm.FORMAT, log.id(), log.partitions()));
    }

    void write(Checkpoint.Part part) {
        write(CheckpointForm.PART, new CheckpointForm.PartHeader(part.partition(), part.next(), part.latest()));
        part.chains().forEach(chain -> write(CheckpointForm.CHAIN, chain));
        HeapRecords records = part.records();
        if (records.leaseClock().aheadMillis() != 0) {
            state(StateKey.LEASE_CLOCK, records.leaseClock());
        }
        if (!records.removals().equals(Removals.NONE)) {
            state(StateKey.REMOVALS, records.removals());
        }
        records.forEach(
                limit -> state(StateKey.ofLimit(limit.name()), limit),
                lease -> state(StateKey.ofLease(lease.limit(), lease.leaseId()), lease),
                use -> state(StateKey.ofKey(use.limit(), use.key()), use));
    }

    private void state(StateKey key, Object value) {
        String json = new String(StateJson.write(value), StandardCharsets.UTF_8);
        line(CheckpointForm.STATE + CheckpointForm.SEPARATOR + key.text() + CheckpointForm.SEPARATOR + json);
    }

    private void write(String kind, Object value) {
        try {
            line(kind + CheckpointForm.SEPARATOR + LedgerJson.PUBLIC.writeValueAsString(value));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void line(String line) {
        digest.add(line);
        try {
            out.write(line);
            out.write('\n');
        } catch (IOException e) {
            throw new UncheckedIOException("Expected to write " + draft + ", but " + e, e);
        }
    }

    /** Puts the checkpoint in the place of the one before. */
    public void commit() throws IOException {
        line(CheckpointForm.DIGEST + CheckpointForm.SEPARATOR + digest.hex());
        out.close();
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Without a commit nothing is left. */
    @Override
    public void close() throws IOException {
        out.close();
        Files.deleteIfExists(draft);
    }
}
