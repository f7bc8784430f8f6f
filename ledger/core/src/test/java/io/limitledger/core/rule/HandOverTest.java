package io.limitledger.core.rule;

import static io.limitledger.core.scenario.Commands.acquire;
import static io.limitledger.core.scenario.Commands.cancel;
import static io.limitledger.core.scenario.Commands.limit;
import static io.limitledger.core.scenario.Commands.release;
import static io.limitledger.core.scenario.Commands.setLimit;
import static io.limitledger.core.scenario.Commands.tick;
import static io.limitledger.core.scenario.Facts.leaseDenied;
import static io.limitledger.core.scenario.Facts.leaseExpired;
import static io.limitledger.core.scenario.Facts.leaseGranted;
import static io.limitledger.core.scenario.Facts.leaseReleased;
import static io.limitledger.core.scenario.Facts.waiterLeft;
import static io.limitledger.core.scenario.LedgerScenario.given;
import static io.limitledger.core.scenario.Replies.cancelled;
import static io.limitledger.core.scenario.Replies.denied;
import static io.limitledger.core.scenario.Replies.granted;
import static io.limitledger.core.scenario.Replies.lease;
import static io.limitledger.core.scenario.Replies.released;
import static io.limitledger.core.scenario.Replies.told;
import static org.assertj.core.api.Assertions.assertThat;

import io.limitledger.core.event.WaiterLeft.Reason;
import io.limitledger.core.reply.Denied;
import io.limitledger.core.scenario.LedgerScenario;
import io.limitledger.core.scenario.Names;
import io.limitledger.core.scenario.Outcome;
import io.limitledger.core.state.Bounds;
import org.junit.jupiter.api.Test;

/** Who waits is served in the same decision as whatever makes room, first come, first served. */
class HandOverTest {
    @Test
    void inTheDecisionOfARelease() {
        Outcome outcome = queue().whenAt(5, release("a"))
                .thenReply(released("a"))
                .thenEvents(leaseReleased("a", 2), leaseGranted("b", 3))
                .thenAnswers(told("b", granted(lease("b").slots(2).from(5))))
                .thenOccupied(2);

        assertThat(outcome.limit().waiting()).isZero();
        assertThat(outcome.limit().leases()).isEqualTo(1);
        assertThat(outcome.state().waiter(Names.LIMIT, Names.id("b"))).isNull();
    }

    @Test
    void inTheDecisionThatFindsALeaseExpired() {
        queue().whenAt(11, acquire("c"))
                .thenReply(denied("c", Denied.Reason.FULL, 30))
                .thenEvents(leaseExpired("a", 11, 2), leaseGranted("b", 9), leaseDenied("c", Denied.Reason.FULL))
                .thenAnswers(told("b", granted(lease("b").slots(2).from(11))));
    }

    @Test
    void inTheDecisionThatFindsTheHeadOfTheQueueGone() {
        given(limit(2))
                .at(1, acquire("a"))
                .at(2, acquire("b").slots(2).waiting(10))
                .at(3, acquire("c").waiting(60))
                .whenAt(12, tick())
                .thenEvents(waiterLeft("b", Reason.TIMED_OUT), leaseGranted("c", 9))
                .thenAnswers(
                        told("b", denied("b", Denied.Reason.TIMED_OUT, 30)),
                        told("c", granted(lease("c").from(12))))
                .thenOccupied(2);
    }

    @Test
    void inTheDecisionThatCancelsTheHeadOfTheQueue() {
        given(limit(2))
                .at(1, acquire("a"))
                .at(2, acquire("b").slots(2).waiting(60))
                .at(3, acquire("c").waiting(60))
                .whenAt(5, cancel("b"))
                .thenReply(cancelled("b"))
                .thenEvents(waiterLeft("b", Reason.CANCELLED), leaseGranted("c", 2))
                .thenAnswers(
                        told("b", cancelled("b")), told("c", granted(lease("c").from(5))));
    }

    @Test
    void toAsManyAsFit() {
        given(limit(2))
                .at(1, acquire("a").slots(2))
                .at(2, acquire("b").waiting(60))
                .at(3, acquire("c").waiting(60))
                .at(4, acquire("d").waiting(60))
                .whenAt(5, release("a"))
                .thenEvents(leaseReleased("a", 2), leaseGranted("b", 3), leaseGranted("c", 2))
                .thenOccupied(2);
    }

    @Test
    void toNoWaiterBehindAWideOneThatDoesNotFitYet() {
        given(limit(2))
                .at(1, acquire("a"))
                .at(1, acquire("b"))
                .at(2, acquire("c").slots(2).waiting(60))
                .at(3, acquire("d").waiting(60))
                .whenAt(5, release("a"))
                .thenEvents(leaseReleased("a", 1))
                .thenAnswers()
                .thenOccupied(1);
    }

    @Test
    void toAWideWaiterAmongFiftyNarrowOnesInItsTurn() {
        LedgerScenario scenario = given(limit(10));
        for (int holder = 10; holder < 20; holder++) {
            scenario.at(1, acquire("" + holder));
        }
        for (int early = 20; early < 44; early++) {
            scenario.at(2, acquire("" + early).waiting(60));
        }
        scenario.at(2, acquire("b").waiting(60));
        scenario.at(3, acquire("a").slots(10).waiting(60));
        for (int late = 50; late < 75; late++) {
            scenario.at(4, acquire("" + late).waiting(60));
        }
        for (int served = 10; served < 44; served++) {
            scenario.at(5, release("" + served));
        }

        scenario.whenAt(6, release("b"))
                .thenEvents(leaseReleased("b", 1), leaseGranted("a", 3))
                .thenAnswers(told("a", granted(lease("a").slots(10).from(6))))
                .thenOccupied(10);
    }

    @Test
    void toTheWideWaiterOnceAllItNeedsIsFree() {
        given(limit(2))
                .at(1, acquire("a"))
                .at(1, acquire("b"))
                .at(2, acquire("c").slots(2).waiting(60))
                .at(3, acquire("d").waiting(60))
                .at(5, release("a"))
                .whenAt(6, release("b"))
                .thenEvents(leaseReleased("b", 1), leaseGranted("c", 4))
                .thenAnswers(told("c", granted(lease("c").slots(2).from(6))))
                .thenOccupied(2);
    }

    @Test
    void toNoWaiterThatLeftTheQueue() {
        given(limit(1))
                .at(1, acquire("a"))
                .at(2, acquire("b").waiting(60))
                .at(3, acquire("c").waiting(60))
                .at(4, cancel("b"))
                .whenAt(5, release("a"))
                .thenEvents(leaseReleased("a", 1), leaseGranted("c", 2));
    }

    @Test
    void toNoWaiterWhileTooManyLeasesAreHeld() {
        queue().but(limit -> limit.withLeases(Bounds.LEASES_PER_LIMIT + 1))
                .whenAt(5, release("a"))
                .thenEvents(leaseReleased("a", 2))
                .thenAnswers();
    }

    @Test
    void toAWaiterThatWantsNoLeaseAlsoWhileThereAreTooManyLeases() {
        given(limit(1).decaying(1))
                .at(1, acquire("a").withoutLease())
                .at(1, acquire("b").withoutLease().waiting(60))
                .but(limit -> limit.withLeases(Bounds.LEASES_PER_LIMIT))
                .whenAt(2, tick())
                .thenEvents(leaseGranted("b", 1));
    }

    @Test
    void ofASlotThatComesFreeAtTheVeryEndOfTheWait() {
        given(limit(1))
                .at(1, acquire("a").lease(10))
                .at(2, acquire("b").waiting(9))
                .whenAt(11, tick())
                .thenEvents(leaseExpired("a", 11, 1), leaseGranted("b", 9));
    }

    @Test
    void ofASlotThatCameFreeInTimeHoweverLateThatIsNoticed() {
        given(limit(1))
                .at(1, acquire("a").lease(10))
                .at(2, acquire("b").waiting(9))
                .whenAt(100, tick())
                .thenEvents(leaseExpired("a", 11, 1), leaseGranted("b", 98))
                .thenAnswers(told("b", granted(lease("b").from(100))));
    }

    @Test
    void notOfASlotThatComesFreeAfterTheEndOfTheWait() {
        given(limit(1))
                .at(1, acquire("a").lease(10))
                .at(2, acquire("b").waiting(8.999))
                .whenAt(100, tick())
                .thenEvents(waiterLeft("b", Reason.TIMED_OUT), leaseExpired("a", 11, 1))
                .thenAnswers(told("b", denied("b", Denied.Reason.TIMED_OUT, 0.001)))
                .thenOccupied(0);
    }

    @Test
    void toTheNextInTheQueueIfTheFirstStoppedWaitingBefore() {
        given(limit(1))
                .at(1, acquire("a").lease(10))
                .at(2, acquire("b").waiting(5))
                .at(3, acquire("c").waiting(60))
                .whenAt(100, tick())
                .thenEvents(waiterLeft("b", Reason.TIMED_OUT), leaseExpired("a", 11, 1), leaseGranted("c", 97));
    }

    @Test
    void notWhilePaused() {
        queue().at(4, setLimit(0))
                .whenAt(5, release("a"))
                .thenEvents(leaseReleased("a", 2))
                .thenAnswers()
                .thenOccupied(0);
    }

    /** One lease until second 11 that holds both slots, and one who waits for both. */
    private static LedgerScenario queue() {
        return given(limit(2))
                .at(1, acquire("a").slots(2).lease(10))
                .at(2, acquire("b").slots(2).waiting(60));
    }
}
