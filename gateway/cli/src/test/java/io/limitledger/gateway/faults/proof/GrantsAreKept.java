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
 * What a client was granted is in the log, and is not over before one of its holders asked for its release; that it
 * does not expire early is for {@link LeasesEndOnTime}.
 */
final class GrantsAreKept implements Law {
    @Override
    public List<Finding> violations(History history) {
        Map<UUID, LeaseStory> stories = LeaseStory.all(history);
        Map<UUID, Long> releases = releases(history.calls());
        List<Finding> found = new ArrayList<>();
        for (Call call : history.calls()) {
            LeaseStory story = stories.getOrDefault(call.leaseId(), LeaseStory.empty(call.leaseId()));
            if (call.is(Kind.ACQUIRE, Result.GRANTED)) {
                checkGrant(call, story, releases.getOrDefault(call.leaseId(), Long.MAX_VALUE), found);
            } else if (call.is(Kind.LOOK, Result.HELD)
                    && story.isOverBy(call.start().millis() - History.CLOCK_MILLIS)) {
                found.add(Finding.at(this, call, "Expected it to be held, but it was over: " + story.over()));
            }
        }
        return found;
    }

    /** When each lease was first asked to be released. */
    private static Map<UUID, Long> releases(List<Call> calls) {
        Map<UUID, Long> releases = new HashMap<>();
        for (Call call : calls) {
            if (call.asked().kind() == Kind.RELEASE) {
                releases.merge(call.leaseId(), call.start().millis(), Math::min);
            }
        }
        return releases;
    }

    private void checkGrant(Call call, LeaseStory story, long releasedAt, List<Finding> found) {
        LimitEvent granted = story.first(LeaseGranted.class);
        if (granted == null) {
            found.add(Finding.at(this, call, "Expected the grant in the log, but it is not there"));
        } else if (((LeaseGranted) granted.fact()).lease().slots()
                != call.asked().slots()) {
            found.add(Finding.at(this, call, "Expected the slots that were asked for, but got " + granted));
        }
        LimitEvent released = story.first(LeaseReleased.class);
        if (released != null && released.at() + History.CLOCK_MILLIS < releasedAt) {
            found.add(Finding.at(this, released, call.leaseId(), "Released without a request: " + released));
        }
    }
}
