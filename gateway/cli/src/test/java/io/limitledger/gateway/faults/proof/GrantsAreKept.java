package io.limitledger.gateway.faults.proof;

import io.limitledger.core.event.LeaseGranted;
import io.limitledger.core.event.LeaseReleased;
import io.limitledger.core.event.LimitEvent;
import io.limitledger.gateway.faults.proof.Answer.Result;
import io.limitledger.gateway.faults.proof.Question.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Law: every grant that a client received is in the log, and does not end before one of its holders asked for its
 * release. That it does not expire early is checked by {@link LeasesEndOnTime}.
 */
final class GrantsAreKept implements Law {
    @Override
    public List<Finding> violations(History history) {
        Map<UUID, LeaseEvents> leases = LeaseEvents.all(history);
        Map<UUID, Long> releases = releases(history.calls());
        List<Finding> found = new ArrayList<>();
        for (Call call : history.calls()) {
            LeaseEvents lease = leases.getOrDefault(call.leaseId(), LeaseEvents.empty(call.leaseId()));
            if (call.is(Kind.ACQUIRE, Result.GRANTED)) {
                checkGrant(call, lease, releases.getOrDefault(call.leaseId(), Long.MAX_VALUE), found);
            } else if (call.is(Kind.LOOK, Result.HELD)
                    && lease.hasEndedBy(call.start().millis() - History.CLOCK_MILLIS)) {
                found.add(Finding.at(
                        this, call, "The holder still relied on the lease, which had ended: " + lease.end()));
            }
        }
        return found;
    }

    /** The time of the first release request of each lease, in epoch milliseconds. */
    private static Map<UUID, Long> releases(List<Call> calls) {
        Map<UUID, Long> releases = new HashMap<>();
        for (Call call : calls) {
            if (call.asked().kind() == Kind.RELEASE) {
                releases.merge(call.leaseId(), call.start().millis(), Math::min);
            }
        }
        return releases;
    }

    private void checkGrant(Call call, LeaseEvents lease, long releasedAt, List<Finding> found) {
        LimitEvent granted = lease.first(LeaseGranted.class);
        if (granted == null) {
            found.add(Finding.at(this, call, "The grant is not in the log"));
        } else if (((LeaseGranted) granted.fact()).lease().slots()
                != call.asked().slots()) {
            found.add(Finding.at(this, call, "Expected the requested slots, but got " + granted));
        }
        LimitEvent released = lease.first(LeaseReleased.class);
        if (released != null && released.at() + History.CLOCK_MILLIS < releasedAt) {
            found.add(Finding.at(this, released, call.leaseId(), "Released without a request: " + released));
        }
    }
}
