package io.limitledger.core.rule;

import static io.limitledger.core.scenario.Commands.acquire;
import static io.limitledger.core.scenario.Commands.cancel;
import static io.limitledger.core.scenario.Commands.limit;
import static io.limitledger.core.scenario.Commands.release;
import static io.limitledger.core.scenario.Commands.setLimit;
import static io.limitledger.core.scenario.Facts.acquireCancelled;
import static io.limitledger.core.scenario.Facts.leaseExpired;
import static io.limitledger.core.scenario.Facts.leaseReleased;
import static io.limitledger.core.scenario.Facts.waiterLeft;
import static io.limitledger.core.scenario.LedgerScenario.given;
import static io.limitledger.core.scenario.LedgerScenario.givenNothing;
import static io.limitledger.core.scenario.Replies.cancelled;
import static io.limitledger.core.scenario.Replies.released;
import static io.limitledger.core.scenario.Replies.told;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.limitledger.core.command.ReleaseLease;
import io.limitledger.core.event.WaiterLeft;
import io.limitledger.core.scenario.LedgerScenario;
import io.limitledger.core.scenario.Names;
import io.limitledger.core.scenario.Outcome;
import io.limitledger.core.state.EndedLease;
import io.limitledger.core.state.EndedLease.How;
import org.junit.jupiter.api.Test;

/** Whatever the state, the answer is that nothing is held. */
class ReleaseLeaseTest {
    @Test
    void freesNothingWithoutALimit() {
        givenNothing()
                .whenAt(5, release("a"))
                .thenReply(released("a"))
                .thenNoEvents()
                .thenNothingRemembered();
    }

    @Test
    void freesTheSlotsOfALease() {
        Outcome outcome = held().whenAt(5, release("a"))
                .thenReply(released("a"))
                .thenEvents(leaseReleased("a", 2))
                .thenAnswers()
                .thenOccupied(0)
                .thenNothingDue();

        assertThat(outcome.limit().leases()).isZero();
        assertThat(outcome.state().ended(Names.LIMIT, Names.id("a")))
                .isEqualTo(new EndedLease(Names.id("a"), Names.LIMIT, How.RELEASED, Names.at(5), null));
    }

    @Test
    void freesTheSlotsOfNoOtherLease() {
        held().at(2, acquire("b"))
                .whenAt(5, release("b"))
                .thenEvents(leaseReleased("b", 1))
                .thenOccupied(2)
                .thenDueAt(11);
    }

    @Test
    void freesNothingTwice() {
        held().at(2, acquire("b"))
                .at(4, release("a"))
                .whenAt(5, release("a"))
                .thenReply(released("a"))
                .thenNoEvents()
                .thenOccupied(1);
    }

    @Test
    void freesNothingThatExpired() {
        held().at(2, acquire("b"))
                .at(11, acquire("c"))
                .whenAt(12, release("a"))
                .thenReply(released("a"))
                .thenNoEvents()
                .thenOccupied(2);
    }

    @Test
    void comesTooLateAtTheVeryEnd() {
        held().whenAt(11, release("a"))
                .thenReply(released("a"))
                .thenEvents(leaseExpired("a", 11, 2))
                .thenOccupied(0);
    }

    @Test
    void comesInTimeOneMillisecondBeforeTheEnd() {
        held().whenAt(10.999, release("a")).thenEvents(leaseReleased("a", 2));
    }

    @Test
    void freesTheSlotsOfALeaseOnAPausedLimit() {
        held().at(4, setLimit(0))
                .whenAt(5, release("a"))
                .thenEvents(leaseReleased("a", 2))
                .thenOccupied(0);
    }

    @Test
    void freesTheSlotsOfALeaseOnALimitLoweredBelowWhatIsOccupied() {
        held().at(2, acquire("b"))
                .at(4, setLimit(1))
                .whenAt(5, release("a"))
                .thenEvents(leaseReleased("a", 2))
                .thenOccupied(1);
    }

    @Test
    void takesAWaiterOutOfTheQueueAndAnswersIt() {
        Outcome outcome = held().at(2, acquire("b").slots(2).waiting(60))
                .whenAt(5, release("b"))
                .thenReply(released("b"))
                .thenEvents(waiterLeft("b", WaiterLeft.Reason.CANCELLED))
                .thenAnswers(told("b", cancelled("b")))
                .thenOccupied(2)
                .thenDueAt(11);

        assertThat(outcome.limit().waiting()).isZero();
    }

    @Test
    void remembersAnIdThatIsUnknown() {
        Outcome outcome = given(limit(1))
                .whenAt(5, release("a"))
                .thenReply(released("a"))
                .thenEvents(acquireCancelled("a"))
                .thenOccupied(0);

        assertThat(outcome.limit().ended()).isEqualTo(1);
    }

    @Test
    void remembersAnUnknownIdOnce() {
        given(limit(1)).at(4, release("a")).whenAt(5, release("a")).thenNoEvents();
    }

    @Test
    void freesNothingThatWasCancelled() {
        given(limit(1))
                .at(4, cancel("a"))
                .whenAt(5, release("a"))
                .thenReply(released("a"))
                .thenNoEvents();
    }

    @Test
    void freesNothingThatWasGrantedWithoutALease() {
        given(limit(2).decaying(0.5))
                .at(1, acquire("a").withoutLease())
                .whenAt(2, release("a"))
                .thenReply(released("a"))
                .thenNoEvents()
                .thenOccupied(0.5);
    }

    @Test
    void remembersAnIdAgainThatWasForgotten() {
        Outcome outcome = held().at(4, release("a"))
                .whenAt(304, release("a"))
                .thenReply(released("a"))
                .thenEvents(acquireCancelled("a"));

        assertThat(outcome.limit().ended()).isEqualTo(1);
    }

    @Test
    void findsTheLimitByTheLeaseIdAlone() {
        held().whenAt(5, new ReleaseLease(null, Names.id("a")))
                .thenReply(released("a"))
                .thenEvents(leaseReleased("a", 2));
    }

    @Test
    void findsTheLimitOfAWaiterByTheLeaseIdAlone() {
        held().at(2, acquire("b").slots(2).waiting(60))
                .whenAt(5, new ReleaseLease(null, Names.id("b")))
                .thenReply(released("b"))
                .thenEvents(waiterLeft("b", WaiterLeft.Reason.CANCELLED));
    }

    @Test
    void findsNothingByALeaseIdThatIsNotHeld() {
        held().whenAt(5, new ReleaseLease(null, Names.id("b")))
                .thenReply(released("b"))
                .thenNoEvents();
    }

    @Test
    void learnsHowLongASlotIsHeld() {
        assertThat(held().whenAt(9, release("a")).limit().demand().averageOccupancySeconds())
                .isCloseTo(2 + (8 / 2.0 - 2) / (2 * 3), within(1e-9));
    }

    @Test
    void namesAllMistakesAtOnce() {
        held().whenAt(5, new ReleaseLease("a<b", null)).thenInvalid("limit", "leaseId");
    }

    /** Two of three slots, until second 11. */
    private static LedgerScenario held() {
        return given(limit(3)).at(1, acquire("a").slots(2).lease(10));
    }
}
