package io.limitledger.core.rule;

import io.limitledger.core.command.LimitCommand;
import io.limitledger.core.command.RenewLease;
import io.limitledger.core.command.Tick;
import io.limitledger.core.command.UpdateLimit;
import io.limitledger.core.reply.Refused;
import io.limitledger.core.reply.Reply;
import io.limitledger.core.reply.Settled;

/**
 * Rules that there might be one day: leases are renewed for three seconds at most, a tick on a limit leaves an event, and
 * a command that changes a limit is answered but changes nothing.
 */
public record MadeUpRules(int version) implements Rules {
    private static final Rules NEWEST = new FourthRules();
    private static final long LONGEST_RENEWAL_MILLIS = 3_000;

    @Override
    public Reply decide(LimitCommand command, Draft draft) {
        if (command instanceof UpdateLimit update) {
            return new Settled(update.limit());
        }
        if (command instanceof RenewLease renew && renew.leaseMillis() > LONGEST_RENEWAL_MILLIS) {
            return NEWEST.decide(
                    new RenewLease(
                            renew.limit(), renew.leaseId(), LONGEST_RENEWAL_MILLIS, renew.holder(), renew.owner()),
                    draft);
        }
        Reply reply = NEWEST.decide(command, draft);
        return command instanceof Tick && draft.limitIfAny() != null
                ? draft.refuse(null, Refused.Reason.INVALID_COMMAND, "Expected to be let alone, but got a tick")
                : reply;
    }
}
