package io.limitledger.core.rule;

import static io.limitledger.core.scenario.Commands.acquire;
import static io.limitledger.core.scenario.Commands.cancel;
import static io.limitledger.core.scenario.Commands.deactivate;
import static io.limitledger.core.scenario.Commands.delete;
import static io.limitledger.core.scenario.Commands.limit;
import static io.limitledger.core.scenario.Commands.release;
import static io.limitledger.core.scenario.Commands.renew;
import static io.limitledger.core.scenario.Commands.setDecay;
import static io.limitledger.core.scenario.Commands.setLimit;
import static io.limitledger.core.scenario.Commands.setUnleased;
import static io.limitledger.core.scenario.Commands.take;
import static io.limitledger.core.scenario.Commands.tick;
import static io.limitledger.core.scenario.Facts.leaseGranted;
import static io.limitledger.core.scenario.Facts.leaseReleased;
import static io.limitledger.core.scenario.Facts.limitUpdated;
import static io.limitledger.core.scenario.Facts.waiterLeft;
import static io.limitledger.core.scenario.Facts.waiterQueued;
import static io.limitledger.core.scenario.LedgerScenario.given;
import static io.limitledger.core.scenario.Replies.cancelled;
import static io.limitledger.core.scenario.Replies.denied;
import static io.limitledger.core.scenario.Replies.granted;
import static io.limitledger.core.scenario.Replies.lease;
import static io.limitledger.core.scenario.Replies.queued;
import static io.limitledger.core.scenario.Replies.released;
import static io.limitledger.core.scenario.Replies.told;
import static org.assertj.core.api.Assertions.assertThat;

import io.limitledger.core.event.WaiterLeft;
import io.limitledger.core.reply.Denied.Reason;
import io.limitledger.core.reply.Refused;
import io.limitledger.core.scenario.LeaseSpec;
import io.limitledger.core.scenario.LedgerScenario;
import io.limitledger.core.scenario.Names;
import io.limitledger.core.scenario.Outcome;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** On a limit with decay the time of the next free slot is known: who is willing to wait is granted it at once. */
class ReservationTest {
    @Test
    void grantsFromALaterTimeOn() {
        given(limit(1).decaying(0.5))
                .at(0, acquire("a").withoutLease())
                .whenAt(1, acquire("b").withoutLease().waiting(60))
                .thenReply(granted(reserved("b", 1, 2).lease(0)))
                .thenEvents(waiterQueued("b", 1))
                .thenDueAt(2)
                .thenOccupied(0.5);
    }

    @Test
    void grantsInOrderAndPaced() {
        threeInLine()
                .whenAt(1, acquire("e").withoutLease().waiting(60))
                .thenReply(granted(reserved("e", 1, 8).lease(0)));
    }

    @Test
    void keepsWideRequestsInOrderToo() {
        given(limit(3).decaying(1))
                .at(0, acquire("a").slots(3).withoutLease())
                .at(0, acquire("b").slots(3).withoutLease().waiting(60))
                .whenAt(0, acquire("c").withoutLease().waiting(60))
                .thenReply(granted(reserved("c", 0, 4).lease(0)));
    }

    @Test
    void deniesAtOnceWhoseTurnIsBeyondItsPatience() {
        threeInLine().whenAt(1, acquire("e").withoutLease().waiting(6.999)).thenReply(denied("e", Reason.FULL, 7));
    }

    @Test
    void tellsAnAcquireThatDoesNotWaitWhenItsTurnWouldBe() {
        threeInLine().whenAt(1, acquire("e").withoutLease()).thenReply(denied("e", Reason.FULL, 7));
    }

    @Test
    void answersARepeatWithTheSame() {
        threeInLine()
                .whenAt(1.5, acquire("c").withoutLease().waiting(60))
                .thenReply(granted(reserved("c", 0, 4).lease(0)))
                .thenNoEvents();
    }

    @Test
    void startsWhenItsTurnCameHoweverLateThatIsNoticed() {
        threeInLine()
                .whenAt(4.7, tick())
                .thenEvents(leaseGranted("b", 2), leaseGranted("c", 4))
                .thenAnswers()
                .thenOccupied(0.65)
                .thenDueAt(6);
    }

    @Test
    void startsOnALeaseThatRunsFromItsStart() {
        Outcome outcome = given(limit(1).decaying(0.5))
                .at(0, acquire("a").withoutLease())
                .at(0, acquire("b").lease(10).waiting(60))
                .whenAt(7, tick())
                .thenEvents(leaseGranted("b", 2))
                .thenDueAt(12);

        assertThat(Outcome.withoutFence(Objects.requireNonNull(outcome.state().lease(Names.LIMIT, Names.id("b")))))
                .isEqualTo(granted(lease("b")
                                .acquired(0)
                                .from(2)
                                .until(12)
                                .lease(10)
                                .afterDrainOf(1))
                        .lease());
    }

    @Test
    void givesWhatIsCancelledToThoseBehind() {
        threeInLine()
                .at(1, cancel("b"))
                .whenAt(2.25, tick())
                .thenEvents(leaseGranted("c", 2))
                .thenAnswers(told(
                        "c", granted(reserved("c", 0, 2).lease(0).takingOne().afterDrainOf(1))));
    }

    @Test
    void answersAWaiterThatAnotherClientCancels() {
        threeInLine()
                .whenAt(1, release("b"))
                .thenReply(released("b"))
                .thenEvents(waiterLeft("b", WaiterLeft.Reason.CANCELLED))
                .thenAnswers(told("b", cancelled("b")));
    }

    @Test
    void promisesEarlierTimesAfterACancel() {
        threeInLine()
                .at(1, cancel("c"))
                .whenAt(1, acquire("e").withoutLease().waiting(60))
                .thenReply(granted(reserved("e", 1, 6).lease(0)));
    }

    @Test
    void startsAtOnceWhenALeaseIsReleasedBeforeItHasDecayed() {
        given(limit(1).decaying(0.1))
                .at(0, acquire("a"))
                .at(1, acquire("b").withoutLease().waiting(60))
                .whenAt(2, release("a"))
                .thenEvents(leaseReleased("a", 0.8), leaseGranted("b", 1))
                .thenAnswers(told(
                        "b", granted(reserved("b", 1, 2).lease(0).takingOne().afterDrainOf(0.2))));
    }

    @Test
    void startsAtOnceWhenTheLimitIsRaised() {
        threeInLine()
                .whenAt(1, setLimit(2))
                .thenEvents(limitUpdated(), leaseGranted("b", 1))
                .thenAnswers(told(
                        "b", granted(reserved("b", 0, 1).lease(0).takingOne().afterDrainOf(0.5))));
    }

    @Test
    void startsAtOnceWhenTheLimitIsDeactivated() {
        threeInLine()
                .whenAt(1, deactivate())
                .thenEvents(limitUpdated(), leaseGranted("b", 1), leaseGranted("c", 1), leaseGranted("d", 1))
                .thenOccupied(0.5);
    }

    @Test
    void startsEarlierWhenTheDecayIsRaised() {
        threeInLine().at(1, setDecay(1)).whenAt(3, tick()).thenEvents(leaseGranted("b", 1.5), leaseGranted("c", 2.5));
    }

    @Test
    void promisesAfterAnEditWhatTheNewDefinitionGives() {
        threeInLine()
                .at(1, setDecay(1))
                .whenAt(1, acquire("e").withoutLease().waiting(60))
                .thenReply(granted(reserved("e", 1, 4.5).lease(0)));
    }

    @Test
    void keepsPromisesWhenTheLimitIsLowered() {
        given(limit(2).decaying(0.5))
                .at(0, acquire("a").slots(2).withoutLease())
                .at(0, acquire("b").withoutLease().waiting(60))
                .whenAt(1, setLimit(1))
                .thenEvents(leaseGranted("b", 2), limitUpdated())
                .thenAnswers()
                .thenOccupied(2.5);
    }

    @Test
    void keepsPromisesWhenTheLimitIsPaused() {
        threeInLine()
                .whenAt(1, setLimit(0))
                .thenEvents(leaseGranted("b", 2), leaseGranted("c", 4), leaseGranted("d", 6), limitUpdated())
                .thenAnswers();
    }

    /** The last was promised its start because the others could start earlier by then: two would start at once otherwise. */
    @Test
    void keepsPromisesAsEarlyAsTheyCanBeByThen() {
        threeInLine()
                .at(1, cancel("b"))
                .at(1, acquire("e").withoutLease().waiting(60))
                .whenAt(1, setLimit(0))
                .thenEvents(leaseGranted("c", 2), leaseGranted("d", 4), leaseGranted("e", 5), limitUpdated())
                .thenAnswers(
                        told(
                                "c",
                                granted(reserved("c", 0, 2).lease(0).takingOne().afterDrainOf(0.5))),
                        told(
                                "d",
                                granted(reserved("d", 0, 4).lease(0).takingOne().afterDrainOf(0.5))));
    }

    @Test
    void keepsPromisesBehindWaitersWithoutAPromise() {
        given(limit(0).decaying(0.5))
                .at(0, acquire("a").slots(2).withoutLease().waiting(60))
                .at(1, acquire("b").slots(2).withoutLease().waiting(60))
                .at(2, setLimit(2))
                .at(3, acquire("c").withoutLease().waiting(60))
                .whenAt(3, setUnleased(2))
                .thenEvents(leaseGranted("c", 5), limitUpdated())
                .thenAnswers();
    }

    @Test
    void keepsPromisesWhenTheDecayIsLowered() {
        threeInLine()
                .at(1, setDecay(0.25))
                .whenAt(1, acquire("e").withoutLease().waiting(60))
                .thenReply(granted(reserved("e", 1, 15).lease(0)));
    }

    @Test
    void keepsPromisesWithoutASlotThatWouldNeverComeBackWhenTheDecayEnds() {
        threeInLine().whenAt(1, setDecay(0)).thenOccupied(0);
    }

    @Test
    void keepsPromisesWhenMoreIsSetToBeTaken() {
        threeInLine()
                .whenAt(1, setUnleased(1))
                .thenEvents(leaseGranted("b", 2), leaseGranted("c", 4), leaseGranted("d", 6), limitUpdated());
    }

    @Test
    void isBehindWaitersWithoutAPromise() {
        given(limit(0).decaying(0.5))
                .at(0, acquire("a").slots(2).withoutLease().waiting(60))
                .at(1, acquire("b").slots(2).withoutLease().waiting(60))
                .at(2, setLimit(2))
                .whenAt(3, acquire("c").withoutLease().waiting(60))
                .thenReply(granted(reserved("c", 3, 8).lease(0)));
    }

    @Test
    void queuesOnAPausedLimit() {
        given(limit(0).decaying(0.5))
                .whenAt(0, acquire("a").withoutLease().waiting(60))
                .thenReply(queued("a", 0, 60));
    }

    @Test
    void letsNoOnePast() {
        threeInLine().whenAt(7.9, take("e", 1)).thenReply(denied("e", Reason.FULL, 0.1));
    }

    @Test
    void isNotRenewedBeforeItStarts() {
        threeInLine().whenAt(1, renew("b", 60)).thenRefused(Refused.Reason.LEASE_GONE, "starts at");
    }

    @Test
    void endsWithTheLimit() {
        Outcome outcome = threeInLine().whenAt(1, delete());

        assertThat(outcome.decision().answers())
                .extracting(answer -> ((Refused) answer.reply()).reason())
                .containsOnly(Refused.Reason.LIMIT_DELETED)
                .hasSize(3);
    }

    @Test
    void endsWithItsTakeUpUnlessRenewed() {
        given(limit(1).decaying(0.5))
                .at(0, acquire("a").withoutLease())
                .whenAt(0, acquire("b").lease(300).waiting(60).takenUpWithin(5))
                .thenReply(granted(reserved("b", 0, 2).until(7).handedTo("b")));
    }

    @Test
    void isConfirmedByTheClientThatAskedLast() {
        given(limit(1).decaying(0.5))
                .at(0, acquire("a").withoutLease())
                .at(0, acquire("b").lease(300).waiting(60).takenUpWithin(5))
                .whenAt(1, acquire("b").lease(300).waiting(60).takenUpWithin(5).askedBy("c"))
                .thenReply(granted(reserved("b", 0, 2).until(7).handedTo("c")));
    }

    /** One slot each two seconds: one was spent at 0, and three start at 2, 4 and 6. */
    private static LedgerScenario threeInLine() {
        return given(limit(1).decaying(0.5))
                .at(0, acquire("a").withoutLease())
                .at(0, acquire("b").withoutLease().waiting(60))
                .at(0, acquire("c").withoutLease().waiting(60))
                .at(0, acquire("d").withoutLease().waiting(60));
    }

    private static LeaseSpec reserved(String letter, double askedAt, double startsAt) {
        return lease(letter).acquired(askedAt).from(startsAt).takingNothing();
    }
}
