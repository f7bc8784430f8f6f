package io.limitledger.audit;

import io.limitledger.wire.PlainText;
import org.jspecify.annotations.Nullable;

/**
 * Something that is not as it must be. Findings come from the fold of the events ({@link Fold}, {@link EventCheck}), from
 * deciding the commands again ({@link Redecision}, {@link Adoptions}) and from the comparison with the live state ({@link
 * LiveState}); {@link Verification} runs them all.
 *
 * @param topic where it was found
 * @param offset of the record, or of the one behind which something is missing; -1 if no one record can be named
 * @param limit name of the limit that it is about; empty if none is known
 * @param message what was expected, and what was found, in one sentence
 * @param expected the whole record that should be there; null if the message says it all
 * @param found the whole record that is there
 */
public record Finding(
        Kind kind,
        String topic,
        int partition,
        long offset,
        String limit,
        String message,
        @Nullable String expected,
        @Nullable String found) {
    Finding(Kind kind, String topic, int partition, long offset, String limit, String message) {
        this(kind, topic, partition, offset, limit, message, null, null);
    }

    /** What is wrong. */
    public enum Kind {
        /** A record that is not an event, or is in the wrong partition or under the wrong key. */
        UNREADABLE,
        /** Numbers of a limit's events are left out. */
        MISSING,
        /** A number comes again, or too late. */
        OUT_OF_ORDER,
        /** The hash does not follow from the event before and this one's bytes. */
        ALTERED,
        /** An event that contradicts what is known: of a limit or lease that is not there, or in another amount. */
        IMPOSSIBLE,
        /** More is occupied than the limit, or than decays, allows. */
        EXCEEDED,
        /** A lease that was over was renewed or released. */
        OUTLIVED,
        /** An event states a version of the rules that this audit does not know; what they decided was not decided again. */
        UNKNOWN_RULES,
        /** The commands lead to another event, or to none. */
        NOT_AS_DECIDED,
        /** A limit arrived under a new name that did not leave its old one so: no ledger sent it. */
        FORGED,
        /** The live state is not what the events make of it, or holds a record that is none. */
        STATE_DIFFERS,
        /** A hash that was kept elsewhere is not in the ledger: its history was rewritten, or cut off. */
        REWRITTEN
    }

    /** One line, without the whole records. */
    @Override
    public String toString() {
        return PlainText.of(kind + " at " + topic + "-" + partition + (offset < 0 ? "" : " offset " + offset)
                + (limit.isEmpty() ? "" : ", limit '" + limit + "'") + ": " + message);
    }
}
