package io.limitledger.core.rule;

import static io.limitledger.core.scenario.Commands.acquire;
import static io.limitledger.core.scenario.Commands.limit;
import static io.limitledger.core.scenario.Commands.release;
import static io.limitledger.core.scenario.Commands.setDecay;
import static io.limitledger.core.scenario.Commands.setLimit;
import static io.limitledger.core.scenario.LedgerScenario.given;
import static io.limitledger.core.scenario.LedgerScenario.givenNothing;
import static io.limitledger.core.scenario.Replies.denied;

import io.limitledger.core.reply.Denied;
import io.limitledger.core.reply.Refused.Reason;
import io.limitledger.core.scenario.AcquireSpec;
import io.limitledger.core.scenario.LedgerScenario;
import io.limitledger.core.state.Bounds;
import org.junit.jupiter.api.Test;

/**
 * One acquire that is wrong in every way there is. From test to test one more mistake is mended, and the next one shows,
 * in the order in which {@link Reason} documents them.
 */
class AcquirePrecedenceTest {
    @Test
    void anInvalidFieldComesBeforeAMissingLimit() {
        givenNothing().whenAt(9, wrong().slots(0)).thenInvalid("slots");
    }

    @Test
    void aMissingLimitComesFirstOfWhatTheStateSays() {
        givenNothing().whenAt(9, wrong()).thenRefused(Reason.LIMIT_NOT_FOUND);
    }

    @Test
    void anIdThatIsTakenComesBeforeAnythingAboutSlots() {
        crowded().whenAt(9, wrong()).thenRefused(Reason.LEASE_ID_TAKEN);
    }

    @Test
    void anIdThatIsGoneComesBeforeAnythingAboutSlots() {
        crowded().at(8, release("a")).whenAt(9, wrong()).thenRefused(Reason.LEASE_GONE);
    }

    @Test
    void tooManySlotsComeBeforeAMissingLease() {
        crowded().whenAt(9, unused()).thenRefused(Reason.SLOTS_EXCEED_LIMIT);
    }

    @Test
    void aMissingLeaseComesBeforeTheBoundOfLeases() {
        crowded().whenAt(9, unused().slots(2)).thenRefused(Reason.LEASE_REQUIRED);
    }

    @Test
    void aMissingLeaseComesBeforeAPause() {
        crowded().at(8, setLimit(0)).whenAt(9, unused()).thenRefused(Reason.LEASE_REQUIRED);
    }

    @Test
    void theBoundOfLeasesComesBeforeTheBoundOfWaiters() {
        crowded().whenAt(9, unused().slots(2).lease(300)).thenRefused(Reason.TOO_MANY_LEASES);
    }

    @Test
    void theBoundOfWaitersComesLast() {
        crowded()
                .but(limit -> limit.withLeases(1))
                .whenAt(9, unused().slots(2).lease(300))
                .thenRefused(Reason.TOO_MANY_WAITERS, "fewer than 20000 waiters");
    }

    @Test
    void theBoundOfWaitersDoesNotConcernAnAcquireThatDoesNotWait() {
        crowded()
                .but(limit -> limit.withLeases(1))
                .whenAt(9, unused().slots(2).lease(300).waiting(0))
                .thenReply(denied("f", Denied.Reason.FULL, 30));
    }

    @Test
    void aPauseComesBeforeAFullLimit() {
        crowded()
                .but(limit -> limit.withLeases(1))
                .at(8, setLimit(0))
                .whenAt(9, unused().slots(2).lease(300).waiting(0))
                .thenReply(denied("f", Denied.Reason.PAUSED, 30));
    }

    @Test
    void slotsThatDecayNeedNoLease() {
        crowded().at(8, setDecay(0.001)).whenAt(9, unused().slots(2)).thenRefused(Reason.TOO_MANY_WAITERS);
    }

    /** Two slots, one lease that holds both, and by their numbers as many leases and waiters as there may be. */
    private static LedgerScenario crowded() {
        return given(limit(2))
                .at(1, acquire("a").slots(2))
                .but(limit -> limit.withLeases(Bounds.LEASES_PER_LIMIT)
                        .withWaiting(Bounds.WAITERS_PER_LIMIT, Bounds.WAITERS_PER_LIMIT + 1));
    }

    private static AcquireSpec wrong() {
        return acquire("a").slots(3).withoutLease().waiting(60);
    }

    private static AcquireSpec unused() {
        return acquire("f").slots(3).withoutLease().waiting(60);
    }
}
