package io.limitledger.wire;

import java.io.Serial;

/** A record's bytes are not what they should be, and never will be. */
public final class UnreadableRecordException extends Exception {
    @Serial
    private static final long serialVersionUID = 1;

    /** What came may be as long as a record, and is quoted in the message; nobody reads more than this. */
    private static final int REASON_CHARACTERS = 1_000;

    private final String reason;

    public UnreadableRecordException(String reason) {
        super(reason);
        this.reason = reason.length() <= REASON_CHARACTERS ? reason : cut(reason) + "...";
    }

    private static String cut(String reason) {
        boolean isWithinCharacter = Character.isHighSurrogate(reason.charAt(REASON_CHARACTERS - 1));
        return reason.substring(0, isWithinCharacter ? REASON_CHARACTERS - 1 : REASON_CHARACTERS);
    }

    /** What was expected and what came, in at most a thousand characters or so. */
    public String reason() {
        return reason;
    }
}
