package io.limitledger.core.scenario;

import io.limitledger.core.reply.Cancelled;
import io.limitledger.core.reply.Denied;
import io.limitledger.core.reply.Granted;
import io.limitledger.core.reply.Queued;
import io.limitledger.core.reply.Released;
import io.limitledger.core.reply.Renewed;
import io.limitledger.core.reply.Reply;
import io.limitledger.core.reply.Returned;
import io.limitledger.core.rule.Decision.Answer;
import io.limitledger.core.state.Bucket;

/** The replies that are expected on a time line. */
public final class Replies {
    private Replies() {}

    public static LeaseSpec lease(String letter) {
        return new LeaseSpec(letter);
    }

    public static Granted granted(LeaseSpec lease) {
        return new Granted(lease.lease());
    }

    public static Renewed renewed(LeaseSpec lease) {
        return new Renewed(lease.lease());
    }

    public static Denied denied(String letter, Denied.Reason reason, double retryAfterSeconds) {
        return new Denied(Names.LIMIT, Names.id(letter), reason, Names.millis(retryAfterSeconds));
    }

    public static Queued queued(String letter, long ahead, double untilSeconds) {
        return new Queued(Names.LIMIT, Names.id(letter), ahead, Names.at(untilSeconds));
    }

    public static Released released(String letter) {
        return new Released(Names.id(letter));
    }

    public static Returned returned(double slots) {
        return new Returned(Names.LIMIT, Math.round(slots * Bucket.MICROS));
    }

    public static Cancelled cancelled(String letter) {
        return new Cancelled(Names.id(letter));
    }

    /** A reply to a client that asked earlier; see {@link AcquireSpec} for its name. */
    public static Answer told(String asker, Reply reply) {
        return new Answer(Names.asker(asker), reply);
    }
}
