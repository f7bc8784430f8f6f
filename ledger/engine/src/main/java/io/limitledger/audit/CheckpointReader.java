package io.limitledger.audit;

import io.limitledger.audit.Checkpoint.Part;
import io.limitledger.audit.CheckpointForm.Header;
import io.limitledger.audit.CheckpointForm.PartHeader;
import io.limitledger.core.state.HeapRecords;
import io.limitledger.wire.LedgerJson;
import io.limitledger.wire.StateKey;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads a checkpoint back. */
public final class CheckpointReader {
    private final CheckpointForm.Digest digest = new CheckpointForm.Digest();
    private final Map<Integer, Part> parts = new HashMap<>();
    private @Nullable Header header;
    private @Nullable Part part;
    private boolean isWhole;

    private CheckpointReader() {}

    /**
     * The checkpoint in a file.
     *
     * @throws IOException if it cannot be read, or is not as it was written
     */
    public static Checkpoint read(Path file) throws IOException {
        CheckpointReader reader = new CheckpointReader();
        try (BufferedReader lines = Files.newBufferedReader(file)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                reader.take(line);
            }
            return reader.checkpoint();
        } catch (IOException | RuntimeException e) {
            throw new IOException(
                    "Expected a whole checkpoint in " + file + ", but " + e.getMessage()
                            + ". Delete it to read the ledger from its beginning",
                    e);
        }
    }

    private void take(String line) throws IOException {
        if (isWhole) {
            throw new IOException("there is something behind its last line");
        }
        int separator = line.indexOf(CheckpointForm.SEPARATOR);
        String kind = separator < 0 ? line : line.substring(0, separator);
        String value = line.substring(separator + 1);
        if (kind.equals(CheckpointForm.DIGEST)) {
            end(value);
            return;
        }
        digest.add(line);
        switch (kind) {
            case CheckpointForm.HEADER -> begin(LedgerJson.PUBLIC.readValue(value, Header.class));
            case CheckpointForm.PART -> begin(LedgerJson.PUBLIC.readValue(value, PartHeader.class));
            case CheckpointForm.CHAIN -> part().chains().add(LedgerJson.PUBLIC.readValue(value, ChainEnd.class));
            case CheckpointForm.STATE -> state(value);
            default -> throw new IOException("one of its lines is of no known kind");
        }
    }

    private void begin(Header read) throws IOException {
        if (read.format() != CheckpointForm.FORMAT) {
            throw new IOException("it has format " + read.format() + " instead of " + CheckpointForm.FORMAT);
        }
        header = read;
    }

    private void begin(PartHeader read) {
        part = new Part(read.partition(), read.next(), read.latest(), new HeapRecords(), new ArrayList<>());
        parts.put(read.partition(), part);
    }

    private void state(String keyAndValue) {
        int separator = keyAndValue.indexOf(CheckpointForm.SEPARATOR);
        StateKey key = StateKey.parse(keyAndValue.substring(0, separator));
        byte[] value = keyAndValue.substring(separator + 1).getBytes(StandardCharsets.UTF_8);
        StateRecords.put(part().records(), key, value);
    }

    private Part part() {
        return Objects.requireNonNull(part, "a line comes before that of its partition");
    }

    private void end(String told) throws IOException {
        String found = digest.hex();
        if (!told.equals(found)) {
            throw new IOException("its hash is " + found + " instead of " + told);
        }
        isWhole = true;
    }

    private Checkpoint checkpoint() throws IOException {
        if (header == null || !isWhole) {
            throw new IOException("its end is missing");
        }
        return new Checkpoint(header.log(), header.partitions(), parts);
    }
}
