package io.limitledger.core.rule;

import static io.limitledger.core.scenario.Commands.acquire;
import static io.limitledger.core.scenario.Commands.cancel;
import static io.limitledger.core.scenario.Commands.deactivate;
import static io.limitledger.core.scenario.Commands.limit;
import static io.limitledger.core.scenario.Commands.release;
import static io.limitledger.core.scenario.Commands.renew;
import static io.limitledger.core.scenario.Commands.setLimit;
import static io.limitledger.core.scenario.Facts.commandRefused;
import static io.limitledger.core.scenario.Facts.leaseExpired;
import static io.limitledger.core.scenario.Facts.leaseGranted;
import static io.limitledger.core.scenario.Facts.waiterLeft;
import static io.limitledger.core.scenario.Facts.waiterQueued;
import static io.limitledger.core.scenario.LedgerScenario.given;
import static io.limitledger.core.scenario.Replies.granted;
import static io.limitledger.core.scenario.Replies.lease;
import static io.limitledger.core.scenario.Replies.queued;
import static io.limitledger.core.scenario.Replies.told;

import io.limitledger.core.event.WaiterLeft;
import io.limitledger.core.reply.Refused.Reason;
import io.limitledger.core.scenario.LedgerScenario;
import io.limitledger.core.scenario.Outcome;
import org.junit.jupiter.api.Test;

/** An acquire with an id that was used before. */
class AcquireAgainTest {
    @Test
    void aLeaseThatIsHeldIsGrantedAgainAndTakesNothingTwice() {
        given(limit(3))
                .at(1, acquire("a").slots(2))
                .whenAt(5, acquire("a").slots(2))
                .thenReply(granted(lease("a").slots(2).from(1)))
                .thenNoEvents()
                .thenOccupied(2);
    }

    @Test
    void aLeaseThatIsHeldIsGrantedAgainAlsoWhereNothingIsFree() {
        given(limit(1))
                .at(1, acquire("a"))
                .at(2, setLimit(0))
                .whenAt(5, acquire("a").waiting(60))
                .thenReply(granted(lease("a").from(1)))
                .thenNoEvents();
    }

    @Test
    void aLeaseThatWasRenewedIsGrantedAgainWithItsNewEnd() {
        given(limit(1))
                .at(1, acquire("a"))
                .at(2, renew("a", 600))
                .whenAt(5, acquire("a"))
                .thenReply(granted(lease("a").from(1).until(602)))
                .thenNoEvents();
    }

    @Test
    void aLeaseOfAnInactiveLimitIsGrantedAgain() {
        given(limit(1))
                .at(1, deactivate())
                .at(2, acquire("a").slots(9))
                .whenAt(5, acquire("a").slots(9))
                .thenReply(granted(lease("a").slots(9).from(2).takingNothing()))
                .thenNoEvents();
    }

    @Test
    void aWaiterThatWasServedIsGrantedItsLease() {
        given(limit(1))
                .at(1, acquire("a"))
                .at(2, acquire("b").waiting(60))
                .at(3, release("a"))
                .whenAt(5, acquire("b").waiting(60))
                .thenReply(granted(lease("b").from(3)))
                .thenNoEvents();
    }

    @Test
    void otherSlotsAreNotTheSameRequest() {
        assertTaken(held().whenAt(5, acquire("a").slots(2)));
    }

    @Test
    void anotherLengthOfLeaseIsNotTheSameRequest() {
        assertTaken(held().whenAt(5, acquire("a").lease(60)));
    }

    @Test
    void anotherHolderIsNotTheSameRequest() {
        assertTaken(held().whenAt(5, acquire("a").holder("\"me\"")));
    }

    @Test
    void noHolderIsTheSameRequestAsTheKnownOne() {
        held().at(2, renew("a", 60, "\"me\""))
                .whenAt(5, acquire("a"))
                .thenReply(granted(lease("a").from(1).until(62).holder("\"me\"")))
                .thenNoEvents();
    }

    @Test
    void theHolderThatWasNamedLaterIsTheSameRequest() {
        held().at(2, renew("a", 60, "\"me\""))
                .whenAt(5, acquire("a").holder("\"me\""))
                .thenReply(granted(lease("a").from(1).until(62).holder("\"me\"")))
                .thenNoEvents();
    }

    @Test
    void otherSiblingsAreTheSameRequest() {
        held().whenAt(5, acquire("a").siblings("disk"))
                .thenReply(granted(lease("a").from(1)))
                .thenNoEvents();
    }

    @Test
    void anotherRequestIsNotThatOfAWaiterEither() {
        assertTaken(queue().whenAt(5, acquire("b").waiting(60).slots(2)));
        assertTaken(queue().whenAt(5, acquire("b").waiting(60).lease(60)));
        assertTaken(queue().whenAt(5, acquire("b").waiting(60).holder("\"me\"")));
    }

    @Test
    void anotherRequestIsNotThatOfAGrantWithoutLeaseEither() {
        assertTaken(spent().whenAt(5, acquire("a").withoutLease().slots(2)));
        assertTaken(spent().whenAt(5, acquire("a").lease(60)));
        assertTaken(spent().whenAt(5, acquire("a").withoutLease().holder("\"me\"")));
    }

    @Test
    void aWaiterKeepsItsPlaceAndItsEnd() {
        queue().whenAt(5, acquire("b").waiting(600))
                .thenReply(queued("b", 0, 62))
                .thenNoEvents()
                .thenAnswers();
    }

    @Test
    void aWaiterKeepsItsPlaceAlsoIfItWaitsNoMore() {
        queue().whenAt(5, acquire("b")).thenReply(queued("b", 0, 62)).thenNoEvents();
    }

    @Test
    void aWaiterLearnsHowManyAreBeforeItAndNotBehind() {
        queue().at(3, acquire("c").waiting(60))
                .at(4, acquire("d").waiting(60))
                .whenAt(5, acquire("c").waiting(60))
                .thenReply(queued("c", 1, 63));
    }

    @Test
    void aWaiterIsAskedForByAnother() {
        queue().whenAt(5, acquire("b").waiting(60).askedBy("other"))
                .thenReply(queued("b", 0, 62))
                .thenEvents(waiterQueued("b", 1))
                .thenAnswers();
    }

    @Test
    void theOutcomeOfAWaitGoesToTheClientThatAskedLast() {
        queue().at(3, acquire("b").waiting(60).askedBy("other"))
                .whenAt(5, release("a"))
                .thenAnswers(told("other", granted(lease("b").from(5))));
    }

    @Test
    void theOutcomeOfAWaitIsNotSentIfTheLastRepeatNamedNoReplyTopic() {
        queue().at(3, acquire("b").waiting(60).askedByNobody())
                .whenAt(5, release("a"))
                .thenAnswers();
    }

    @Test
    void aWaiterWhoseTurnHasComeIsGrantedAndAnsweredBothWays() {
        given(limit(1))
                .at(1, acquire("a").lease(10))
                .at(2, acquire("b").waiting(60))
                .whenAt(11, acquire("b").waiting(60).askedBy("other"))
                .thenReply(granted(lease("b").from(11)))
                .thenEvents(leaseExpired("a", 11, 1), leaseGranted("b", 9))
                .thenAnswers(told("b", granted(lease("b").from(11))));
    }

    @Test
    void anIdThatWasReleasedIsGone() {
        held().at(4, release("a"))
                .whenAt(5, acquire("a"))
                .thenRefused(Reason.LEASE_GONE, "was released at 2023-11-14T22:13:24Z; ask with a new id")
                .thenEvents(commandRefused(Reason.LEASE_GONE))
                .thenOccupied(0);
    }

    @Test
    void anIdThatExpiredIsGoneSinceItsEnd() {
        given(limit(1))
                .at(1, acquire("a").lease(10))
                .whenAt(20, acquire("a").lease(10))
                .thenRefused(Reason.LEASE_GONE, "was expired at 2023-11-14T22:13:31Z; ask with a new id")
                .thenEvents(leaseExpired("a", 11, 1), commandRefused(Reason.LEASE_GONE));
    }

    @Test
    void anIdThatWasCancelledBeforeItCameIsGone() {
        given(limit(1))
                .at(4, cancel("a"))
                .whenAt(5, acquire("a"))
                .thenRefused(Reason.LEASE_GONE, "was cancelled at")
                .thenEvents(commandRefused(Reason.LEASE_GONE))
                .thenOccupied(0);
    }

    @Test
    void anIdThatWasReleasedBeforeItCameIsGone() {
        given(limit(1)).at(4, release("a")).whenAt(5, acquire("a")).thenRefused(Reason.LEASE_GONE, "was cancelled at");
    }

    @Test
    void anIdThatCeasedToWaitIsGone() {
        queue().at(4, cancel("b"))
                .whenAt(5, acquire("b").waiting(60))
                .thenRefused(Reason.LEASE_GONE, "was cancelled at");
    }

    @Test
    void anIdThatWaitedLongEnoughIsGone() {
        queue().whenAt(62, acquire("b").waiting(60))
                .thenRefused(Reason.LEASE_GONE, "was cancelled at")
                .thenEvents(waiterLeft("b", WaiterLeft.Reason.TIMED_OUT), commandRefused(Reason.LEASE_GONE));
    }

    @Test
    void aGrantWithoutLeaseIsRepeatedAndTakesNothingTwice() {
        spent().whenAt(1.5, acquire("a").withoutLease())
                .thenReply(granted(lease("a").lease(0).from(1)))
                .thenNoEvents()
                .thenOccupied(0.5);
    }

    @Test
    void anIdIsRememberedForFiveMinutes() {
        held().at(4, release("a")).whenAt(303.999, acquire("a")).thenRefused(Reason.LEASE_GONE);
    }

    @Test
    void anIdIsForgottenAfterFiveMinutes() {
        held().at(4, release("a"))
                .whenAt(304, acquire("a"))
                .thenReply(granted(lease("a").from(304)))
                .thenEvents(leaseGranted("a"))
                .thenOccupied(1);
    }

    @Test
    void anExpiredIdIsForgottenFiveMinutesAfterItsEndHoweverLateThatIsNoticed() {
        given(limit(1))
                .at(1, acquire("a").lease(10))
                .whenAt(311, acquire("a").lease(10))
                .thenReply(granted(lease("a").lease(10).from(311)))
                .thenEvents(leaseExpired("a", 11, 1), leaseGranted("a"));
    }

    @Test
    void aGrantWithoutLeaseIsForgottenAfterFiveMinutes() {
        spent().whenAt(301, acquire("a").withoutLease())
                .thenReply(granted(lease("a").lease(0).from(301).afterDrainOf(1)))
                .thenOccupied(1);
    }

    private static LedgerScenario held() {
        return given(limit(3)).at(1, acquire("a"));
    }

    private static LedgerScenario queue() {
        return given(limit(2)).at(1, acquire("a").slots(2)).at(2, acquire("b").waiting(60));
    }

    private static LedgerScenario spent() {
        return given(limit(3).decaying(1)).at(1, acquire("a").withoutLease());
    }

    private static void assertTaken(Outcome outcome) {
        outcome.thenRefused(Reason.LEASE_ID_TAKEN, "the same slots, leaseSeconds and holder")
                .thenEvents(commandRefused(Reason.LEASE_ID_TAKEN));
    }
}
