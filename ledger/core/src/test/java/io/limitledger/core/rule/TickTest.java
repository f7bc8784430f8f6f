package io.limitledger.core.rule;

import static io.limitledger.core.scenario.Commands.acquire;
import static io.limitledger.core.scenario.Commands.deactivate;
import static io.limitledger.core.scenario.Commands.limit;
import static io.limitledger.core.scenario.Commands.release;
import static io.limitledger.core.scenario.Commands.setLimit;
import static io.limitledger.core.scenario.Commands.tick;
import static io.limitledger.core.scenario.Facts.leaseExpired;
import static io.limitledger.core.scenario.Facts.leaseGranted;
import static io.limitledger.core.scenario.Facts.waiterLeft;
import static io.limitledger.core.scenario.LedgerScenario.given;
import static io.limitledger.core.scenario.LedgerScenario.givenNothing;
import static io.limitledger.core.scenario.Replies.denied;
import static io.limitledger.core.scenario.Replies.told;
import static org.assertj.core.api.Assertions.assertThat;

import io.limitledger.core.command.Tick;
import io.limitledger.core.event.WaiterLeft;
import io.limitledger.core.reply.Denied;
import io.limitledger.core.reply.Settled;
import io.limitledger.core.scenario.Names;
import io.limitledger.core.scenario.Outcome;
import io.limitledger.core.state.EndedLease;
import io.limitledger.core.state.EndedLease.How;
import org.junit.jupiter.api.Test;

class TickTest {
    private static final Settled SETTLED = new Settled(Names.LIMIT);

    @Test
    void doesNothingWithoutALimit() {
        givenNothing().whenAt(5, tick()).thenReply(SETTLED).thenNoEvents().thenNothingRemembered();
    }

    @Test
    void doesNothingOnAnEmptyLimit() {
        Outcome outcome = given(limit(1))
                .whenAt(5, tick())
                .thenReply(SETTLED)
                .thenNoEvents()
                .thenNothingDue();

        assertThat(outcome.limit().decidedAt()).isEqualTo(Names.at(0));
    }

    @Test
    void expiresALeaseAtItsVeryEnd() {
        Outcome outcome = given(limit(2))
                .at(1, acquire("a").slots(2).lease(10))
                .whenAt(11, tick())
                .thenReply(SETTLED)
                .thenEvents(leaseExpired("a", 11, 2))
                .thenOccupied(0)
                .thenNothingDue();

        assertThat(outcome.limit().leases()).isZero();
        assertThat(outcome.state().ended(Names.LIMIT, Names.id("a")))
                .isEqualTo(new EndedLease(Names.id("a"), Names.LIMIT, How.EXPIRED, Names.at(11), null));
    }

    @Test
    void leavesALeaseAloneOneMillisecondBeforeItsEnd() {
        given(limit(2))
                .at(1, acquire("a").lease(10))
                .whenAt(10.999, tick())
                .thenReply(SETTLED)
                .thenNoEvents()
                .thenDueAt(11);
    }

    @Test
    void noticesALateExpiryButDatesItRight() {
        Outcome outcome =
                given(limit(2)).at(1, acquire("a").lease(10)).whenAt(60, tick()).thenEvents(leaseExpired("a", 11, 1));

        assertThat(outcome.decision().events().get(0).at()).isEqualTo(Names.at(60));
        assertThat(outcome.state().ended(Names.LIMIT, Names.id("a")))
                .extracting(EndedLease::endedAt)
                .isEqualTo(Names.at(11));
    }

    @Test
    void learnsHowLongASlotIsHeldHoweverLateItsExpiryIsNoticed() {
        assertThat(given(limit(1))
                        .at(1, acquire("a").lease(10))
                        .whenAt(60, tick())
                        .limit()
                        .demand()
                        .averageOccupancySeconds())
                .isEqualTo(6);
    }

    @Test
    void endsAWaitAtItsVeryEnd() {
        given(limit(1))
                .at(1, acquire("a"))
                .at(2, acquire("b").waiting(10))
                .whenAt(12, tick())
                .thenReply(SETTLED)
                .thenEvents(waiterLeft("b", WaiterLeft.Reason.TIMED_OUT))
                .thenAnswers(told("b", denied("b", Denied.Reason.TIMED_OUT, 30)))
                .thenDueAt(301);
    }

    @Test
    void leavesAWaiterAloneOneMillisecondBeforeItsEnd() {
        given(limit(1))
                .at(1, acquire("a"))
                .at(2, acquire("b").waiting(10))
                .whenAt(11.999, tick())
                .thenNoEvents()
                .thenDueAt(12);
    }

    @Test
    void endsAWaitOnAPausedLimit() {
        given(limit(0))
                .at(2, acquire("a").waiting(10))
                .whenAt(12, tick())
                .thenEvents(waiterLeft("a", WaiterLeft.Reason.TIMED_OUT))
                .thenAnswers(told("a", denied("a", Denied.Reason.TIMED_OUT, 30)));
    }

    @Test
    void expiresALeaseOfAnInactiveLimitWhichFreesNothing() {
        given(limit(1))
                .at(1, acquire("a"))
                .at(2, deactivate())
                .at(3, acquire("b").lease(10))
                .whenAt(13, tick())
                .thenEvents(leaseExpired("b", 13, 0))
                .thenOccupied(1);
    }

    @Test
    void expiresALeaseOfALimitLoweredBelowWhatIsOccupied() {
        given(limit(2))
                .at(1, acquire("a").lease(10))
                .at(1, acquire("b").lease(20))
                .at(2, setLimit(1))
                .whenAt(11, tick())
                .thenEvents(leaseExpired("a", 11, 1))
                .thenOccupied(1);
    }

    @Test
    void settlesAllThatIsDueInTheOrderInWhichItFellDue() {
        given(limit(2))
                .at(1, acquire("a").lease(30))
                .at(1, acquire("b").lease(20))
                .at(2, acquire("c").waiting(10))
                .at(3, acquire("d").slots(2).waiting(22))
                .whenAt(60, tick())
                .thenEvents(
                        waiterLeft("c", WaiterLeft.Reason.TIMED_OUT),
                        leaseExpired("b", 21, 1),
                        waiterLeft("d", WaiterLeft.Reason.TIMED_OUT),
                        leaseExpired("a", 31, 1))
                .thenOccupied(0);
    }

    @Test
    void doesNothingTwice() {
        given(limit(1))
                .at(1, acquire("a").lease(10))
                .at(11, tick())
                .whenAt(11, tick())
                .thenNoEvents();
    }

    @Test
    void doesNothingForWhatIsRemembered() {
        given(limit(1))
                .at(1, acquire("a"))
                .at(2, release("a"))
                .whenAt(900, tick())
                .thenNoEvents()
                .thenNothingDue();
    }

    @Test
    void doesNothingForSlotsThatDecay() {
        given(limit(2).decaying(0.5))
                .at(1, acquire("a").withoutLease())
                .whenAt(2, tick())
                .thenNoEvents()
                .thenOccupied(0.5)
                .thenNothingDue();
    }

    @Test
    void isDueWhenDecayMakesRoomForTheHeadOfTheQueue() {
        given(limit(2).decaying(0.5))
                .at(1, acquire("a").slots(2).withoutLease())
                .at(1, acquire("b").slots(2).withoutLease().waiting(60))
                .whenAt(1, tick())
                .thenNoEvents()
                .thenDueAt(5);
    }

    @Test
    void servesALateWaiterOnADecayingLimit() {
        given(limit(1).decaying(1))
                .at(1, acquire("a").withoutLease())
                .at(1, acquire("b").withoutLease().waiting(60))
                .whenAt(50, tick())
                .thenEvents(leaseGranted("b", 1))
                .thenOccupied(0);
    }

    @Test
    void needsAName() {
        givenNothing().whenAt(0, new Tick(null)).thenInvalid("limit");
    }
}
