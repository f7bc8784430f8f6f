package io.limitledger.core.rule;

import static io.limitledger.core.scenario.Commands.acquire;
import static io.limitledger.core.scenario.Commands.limit;
import static io.limitledger.core.scenario.Commands.release;
import static io.limitledger.core.scenario.Commands.setDecay;
import static io.limitledger.core.scenario.Commands.setLimit;
import static io.limitledger.core.scenario.Commands.tick;
import static io.limitledger.core.scenario.Facts.leaseDenied;
import static io.limitledger.core.scenario.Facts.leaseExpired;
import static io.limitledger.core.scenario.Facts.leaseGranted;
import static io.limitledger.core.scenario.Facts.leaseReleased;
import static io.limitledger.core.scenario.Facts.limitUpdated;
import static io.limitledger.core.scenario.LedgerScenario.given;
import static io.limitledger.core.scenario.Replies.denied;
import static io.limitledger.core.scenario.Replies.granted;
import static io.limitledger.core.scenario.Replies.lease;

import io.limitledger.core.reply.Denied.Reason;
import io.limitledger.core.state.Bounds;
import org.junit.jupiter.api.Test;

/** A rate limit: occupied slots drain, and a lease gives back only what has not drained of its own. */
class DecayingLimitTest {
    @Test
    void grantsWithoutALeaseAndRemembersOnlyTheId() {
        given(limit(2).decaying(1))
                .whenAt(5, acquire("a").withoutLease())
                .thenReply(granted(lease("a").lease(0).from(5).until(5)))
                .thenEvents(leaseGranted("a"))
                .thenOccupied(1)
                .thenNothingDue();
    }

    @Test
    void grantsOnALease() {
        given(limit(2).decaying(1))
                .whenAt(5, acquire("a").lease(10))
                .thenReply(granted(lease("a").lease(10).from(5)))
                .thenOccupied(1)
                .thenDueAt(15);
    }

    @Test
    void deniesUntilExactlyEnoughHasDecayed() {
        given(limit(2).decaying(0.3))
                .at(0, acquire("a").slots(2).withoutLease())
                .whenAt(1, acquire("b").withoutLease())
                .thenReply(denied("b", Reason.FULL, 2.334))
                .thenEvents(leaseDenied("b", Reason.FULL))
                .thenOccupied(1.7);
    }

    @Test
    void deniesOneMillisecondBeforeThat() {
        given(limit(2).decaying(0.3))
                .at(0, acquire("a").slots(2).withoutLease())
                .whenAt(3.333, acquire("b").withoutLease())
                .thenReply(denied("b", Reason.FULL, 0.001));
    }

    @Test
    void grantsAtThatMillisecond() {
        given(limit(2).decaying(0.3))
                .at(0, acquire("a").slots(2).withoutLease())
                .whenAt(3.334, acquire("b").withoutLease())
                .thenEvents(leaseGranted("b"))
                .thenOccupied(1.9998);
    }

    @Test
    void denialsDoNotHoldUpTheDecay() {
        given(limit(1).decaying(0.5))
                .at(0, acquire("a").withoutLease())
                .at(0.7, acquire("b").withoutLease())
                .at(1.4, acquire("b").withoutLease())
                .whenAt(2, acquire("b").withoutLease())
                .thenEvents(leaseGranted("b"));
    }

    @Test
    void givesNoTimeByDecayWhilePaused() {
        given(limit(1).decaying(0.5))
                .at(0, acquire("a").withoutLease())
                .at(0, setLimit(0))
                .whenAt(1, acquire("b").withoutLease())
                .thenReply(denied("b", Reason.PAUSED, 30));
    }

    @Test
    void aLeaseGivesBackWhatHasNotDecayedOfItsOwn() {
        given(limit(2).decaying(0.1))
                .at(1, acquire("a").slots(2))
                .whenAt(5, release("a"))
                .thenEvents(leaseReleased("a", 1.6))
                .thenOccupied(0);
    }

    @Test
    void aLeaseThatHasDecayedGivesBackNothing() {
        given(limit(3).decaying(0.1))
                .at(1, acquire("a").slots(1))
                .at(1, acquire("b").slots(2))
                .whenAt(11, release("a"))
                .thenEvents(leaseReleased("a", 0))
                .thenOccupied(2);
    }

    @Test
    void aLeaseDoesNotGiveBackWhatAnotherTook() {
        given(limit(3).decaying(0.1))
                .at(1, acquire("a").slots(2))
                .at(6, acquire("b").slots(1))
                .whenAt(11, release("a"))
                .thenEvents(leaseReleased("a", 1))
                .thenOccupied(1);
    }

    @Test
    void anExpiredLeaseGivesBackWhatHadNotDecayedAtItsEndHoweverLateThatIsNoticed() {
        given(limit(20).decaying(1))
                .at(0, acquire("a").slots(10).lease(5))
                .at(0, acquire("b").slots(10).lease(60))
                .whenAt(8, tick())
                .thenEvents(leaseExpired("a", 5, 5))
                .thenOccupied(7);
    }

    @Test
    void aFasterDecayStartsFromWhatIsOccupied() {
        given(limit(4).decaying(0.5))
                .at(0, acquire("a").slots(4).withoutLease())
                .at(2, setDecay(1))
                .whenAt(4, tick())
                .thenOccupied(1);
    }

    @Test
    void aDecayThatBeginsStartsFromWhatIsOccupied() {
        given(limit(4))
                .at(0, acquire("a").slots(4))
                .at(10, setDecay(1))
                .whenAt(11, release("a"))
                .thenEvents(leaseReleased("a", 3))
                .thenOccupied(0);
    }

    @Test
    void aDecayThatEndsKeepsWhatIsOccupied() {
        given(limit(4).decaying(0.5))
                .at(0, acquire("a").slots(4))
                .at(2, setDecay(0))
                .whenAt(20, tick())
                .thenOccupied(3);
    }

    @Test
    void whatIsLeftOfALeaseComesBackAfterTheDecayHasEnded() {
        given(limit(4).decaying(0.5))
                .at(0, acquire("a").slots(4))
                .at(2, setDecay(0))
                .whenAt(20, release("a"))
                .thenEvents(leaseReleased("a", 3))
                .thenOccupied(0);
    }

    @Test
    void slotsThatNoLeaseOwnsAreFreeWhenTheDecayEnds() {
        given(limit(4).decaying(0.5))
                .at(0, acquire("a").slots(2))
                .at(0, acquire("b").slots(2))
                .whenAt(2, setDecay(0))
                .thenEvents(limitUpdated())
                .thenOccupied(2);
    }

    @Test
    void whatWasTakenWithoutALeaseIsDroppedWhenTheDecayEnds() {
        given(limit(4).decaying(0.5))
                .at(0, acquire("a").slots(4).withoutLease())
                .at(2, setDecay(0))
                .whenAt(20, tick())
                .thenOccupied(0);
    }

    @Test
    void aDecayOfZeroAndBackLosesNothingThatIsHeld() {
        given(limit(4).decaying(0.5))
                .at(0, acquire("a").slots(4))
                .at(2, setDecay(0))
                .at(100, setDecay(0.5))
                .whenAt(102, tick())
                .thenOccupied(2);
    }

    @Test
    void anEditHandsOverWhatHasDecayedFree() {
        given(limit(1).decaying(0.5))
                .at(0, acquire("a").withoutLease())
                .at(1, acquire("b").lease(300).waiting(60))
                .whenAt(2.5, setDecay(0))
                .thenEvents(leaseGranted("b", 1), limitUpdated())
                .thenOccupied(0.75);
    }

    @Test
    void theSlowestDecayOfALargeLimitIsNotDueInThePast() {
        given(limit(10_000_000).decaying(Bounds.SMALLEST_DECAY_PER_SECOND))
                .at(0, acquire("a").slots(10_000_000).withoutLease())
                .whenAt(1, acquire("b").slots(10_000_000).withoutLease().waiting(3_600))
                .thenReply(denied("b", Reason.FULL, 999_999_999_999.0))
                .thenNothingDue();
    }
}
