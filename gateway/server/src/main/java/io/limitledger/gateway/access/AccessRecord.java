package io.limitledger.gateway.access;

import java.time.Instant;

/** One change of tokens or rights, as it is kept. */
public sealed interface AccessRecord {
    /** A token as it is from now on. */
    record TokenStored(AccessToken token) implements AccessRecord {}

    /** A token is forgotten, as if it had never been. */
    record TokenRemoved(String name) implements AccessRecord {}

    /** A token was used, up to an hour before or after. */
    record TokenUsed(String name, Instant at) implements AccessRecord {}

    /** Rights of a subject as they are from now on. */
    record GrantStored(Grant grant) implements AccessRecord {}

    /** A subject has no rights any more. */
    record GrantRemoved(String subject) implements AccessRecord {}
}
