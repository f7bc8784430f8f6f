package io.limitledger.audit;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The file of a checkpoint: lines of a kind, a tab, and JSON. First the header; then for each partition its own header, the
 * ends of its chains, and its state in the records that the store has as well, each with its key. The last line is the hash
 * of all before it: a file that is cut off or damaged must not become a state.
 */
final class CheckpointForm {
    static final int FORMAT = 2;
    static final char SEPARATOR = '\t';

    static final String HEADER = "checkpoint";
    static final String PART = "partition";
    static final String CHAIN = "chain";
    static final String STATE = "state";
    static final String DIGEST = "sha256";

    private CheckpointForm() {}

    /** The first line. */
    record Header(int format, String log, int partitions) {}

    /** The first line of a partition. */
    record PartHeader(int partition, long next, long latest) {}

    /** Hash over lines. */
    static final class Digest {
        private final MessageDigest digest = sha256();

        void add(String line) {
            digest.update(line.getBytes(StandardCharsets.UTF_8));
            digest.update((byte) '\n');
        }

        /** Ends it. */
        String hex() {
            return HexFormat.of().formatHex(digest.digest());
        }

        private static MessageDigest sha256() {
            try {
                return MessageDigest.getInstance("SHA-256");
            } catch (NoSuchAlgorithmException e) {
                throw new LinkageError("Every Java has SHA-256", e);
            }
        }
    }
}
