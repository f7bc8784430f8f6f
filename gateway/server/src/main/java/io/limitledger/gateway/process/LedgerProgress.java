package io.limitledger.gateway.process;

import java.time.Duration;
import java.util.Locale;
import org.apache.kafka.streams.KafkaStreams.State;

/**
 * How far the ledger of this process has come, as seen at one time.
 *
 * @param kafkaAnswers whether the end of the commands could be asked for; if not, {@code behind} is what was known before
 * @param reached sum of the positions in its partitions of commands
 * @param behind commands in its partitions that are not decided yet
 * @param perSecond commands decided in the last second
 * @param toRestore records of its state that are being read back
 * @param restored how many of them have been read
 * @param stillFor how long nothing has changed, while something waits
 */
record LedgerProgress(
        State state,
        boolean kafkaAnswers,
        long reached,
        long behind,
        long perSecond,
        long toRestore,
        long restored,
        Duration stillFor) {

    static final LedgerProgress NONE = new LedgerProgress(State.CREATED, true, 0, 0, 0, 0, 0, Duration.ZERO);

    /** Who asks waits for no longer than this; more is not "in time". */
    private static final Duration IN_TIME = Duration.ofSeconds(2);

    /** What a ledger decides in the time between two looks, however slow the machine. */
    private static final long FEW = 100;

    /** Whether a command sent now would be decided in time. */
    boolean isReady() {
        return state == State.RUNNING
                && kafkaAnswers
                && stillFor.compareTo(IN_TIME) <= 0
                && (behind <= FEW || behind <= perSecond * IN_TIME.toSeconds());
    }

    /** Nothing waits to be decided. */
    boolean isIdle() {
        return state == State.RUNNING && kafkaAnswers && behind == 0;
    }

    /** Whether something was decided since. */
    boolean hasDecidedSince(LedgerProgress before) {
        return reached > before.reached;
    }

    /** Whether it has come further. A change of its state does not count: threads that fall and are replaced have many. */
    boolean hasMovedSince(LedgerProgress before) {
        return reached != before.reached || restored != before.restored || toRestore != before.toRestore;
    }

    LedgerProgress still(Duration duration) {
        return new LedgerProgress(state, kafkaAnswers, reached, behind, perSecond, toRestore, restored, duration);
    }

    /** For the log and for those who ask whether it is ready. */
    String words() {
        if (!kafkaAnswers) {
            return "waiting for Kafka to answer";
        }
        if (toRestore > 0) {
            return String.format(Locale.ROOT, "reading its state back: %,d of %,d records", restored, toRestore);
        }
        if (state != State.RUNNING) {
            return "waiting to get its partitions (" + state + ")";
        }
        return behind == 0
                ? "ready"
                : String.format(Locale.ROOT, "%,d commands behind, deciding %,d a second", behind, perSecond);
    }
}
