package io.limitledger.gateway.access;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a principal may do with a limit. */
public enum Right {
    /** See it: its definition, its use, who holds and waits, its events. */
    READ,
    /** Acquire its slots, and renew, settle and release one's own leases. */
    HOLD,
    /** Create, change, rename and delete it, and override its keys. */
    DEFINE,
    /** All of it, and other principals' leases as well. */
    ADMIN;

    /** Who has this one has the other too. Nothing can be done with a limit that may not be seen. */
    public boolean includes(Right other) {
        return this == other || other == READ || this == ADMIN;
    }

    /** As in {@code hold:deploy-*}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<Right> of(String word) {
        return Arrays.stream(values())
                .filter(right -> right.word().equals(word))
                .findFirst();
    }
}
