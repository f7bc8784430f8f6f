package io.limitledger.core.rule;

import static io.limitledger.core.scenario.Commands.acquire;
import static io.limitledger.core.scenario.Commands.cancel;
import static io.limitledger.core.scenario.Commands.deactivate;
import static io.limitledger.core.scenario.Commands.limit;
import static io.limitledger.core.scenario.Commands.release;
import static io.limitledger.core.scenario.Commands.renew;
import static io.limitledger.core.scenario.Commands.setLimit;
import static io.limitledger.core.scenario.Facts.acquireCancelled;
import static io.limitledger.core.scenario.Facts.leaseExpired;
import static io.limitledger.core.scenario.Facts.leaseGranted;
import static io.limitledger.core.scenario.Facts.waiterLeft;
import static io.limitledger.core.scenario.LedgerScenario.given;
import static io.limitledger.core.scenario.LedgerScenario.givenNothing;
import static io.limitledger.core.scenario.Replies.cancelled;
import static io.limitledger.core.scenario.Replies.granted;
import static io.limitledger.core.scenario.Replies.lease;
import static io.limitledger.core.scenario.Replies.told;
import static org.assertj.core.api.Assertions.assertThat;

import io.limitledger.core.command.CancelAcquire;
import io.limitledger.core.event.WaiterLeft;
import io.limitledger.core.scenario.LedgerScenario;
import io.limitledger.core.scenario.Names;
import io.limitledger.core.scenario.Outcome;
import org.junit.jupiter.api.Test;

/** The answer is either the lease, or that there will be none. */
class CancelAcquireTest {
    @Test
    void findsNothingWithoutALimit() {
        givenNothing()
                .whenAt(5, cancel("a"))
                .thenReply(cancelled("a"))
                .thenNoEvents()
                .thenNothingRemembered();
    }

    @Test
    void leavesALeaseAloneAndReportsIt() {
        queue().whenAt(5, cancel("a"))
                .thenReply(granted(lease("a").slots(2).lease(10).from(1)))
                .thenNoEvents()
                .thenAnswers()
                .thenOccupied(2);
    }

    @Test
    void reportsALeaseWithItsNewEnd() {
        queue().at(2, renew("a", 60))
                .whenAt(5, cancel("a"))
                .thenReply(granted(lease("a").slots(2).lease(10).from(1).until(62)));
    }

    @Test
    void leavesALeaseOfAnInactiveLimitAlone() {
        given(limit(1))
                .at(1, deactivate())
                .at(2, acquire("a").slots(9))
                .whenAt(5, cancel("a"))
                .thenReply(granted(lease("a").slots(9).from(2).takingNothing()));
    }

    @Test
    void takesAWaiterOutOfTheQueueAndAnswersIt() {
        Outcome outcome = queue().whenAt(5, cancel("b"))
                .thenReply(cancelled("b"))
                .thenEvents(waiterLeft("b", WaiterLeft.Reason.CANCELLED))
                .thenAnswers(told("b", cancelled("b")))
                .thenOccupied(2)
                .thenDueAt(11);

        assertThat(outcome.limit().waiting()).isZero();
        assertThat(outcome.state().limitOf(Names.id("b"))).isNull();
    }

    @Test
    void takesAWaiterOutOfTheQueueOfAPausedLimit() {
        queue().at(4, setLimit(0))
                .whenAt(5, cancel("b"))
                .thenReply(cancelled("b"))
                .thenEvents(waiterLeft("b", WaiterLeft.Reason.CANCELLED));
    }

    @Test
    void leavesTheWaitersBeforeItWaiting() {
        queue().at(3, acquire("c").waiting(60))
                .whenAt(5, cancel("c"))
                .thenEvents(waiterLeft("c", WaiterLeft.Reason.CANCELLED))
                .thenAnswers(told("c", cancelled("c")));
    }

    @Test
    void comesTooLateForAWaiterWhoseTurnHasCome() {
        queue().whenAt(11, cancel("b"))
                .thenReply(granted(lease("b").from(11)))
                .thenEvents(leaseExpired("a", 11, 2), leaseGranted("b", 9))
                .thenAnswers(told("b", granted(lease("b").from(11))));
    }

    @Test
    void remembersAnIdThatIsUnknown() {
        given(limit(1))
                .whenAt(5, cancel("a"))
                .thenReply(cancelled("a"))
                .thenEvents(acquireCancelled("a"))
                .thenOccupied(0);
    }

    @Test
    void isRepeatable() {
        queue().at(4, cancel("b"))
                .whenAt(5, cancel("b"))
                .thenReply(cancelled("b"))
                .thenNoEvents();
    }

    @Test
    void findsNoLeaseThatWasReleased() {
        queue().at(4, release("a"))
                .whenAt(5, cancel("a"))
                .thenReply(cancelled("a"))
                .thenNoEvents();
    }

    @Test
    void findsNoLeaseThatExpired() {
        queue().at(4, cancel("b"))
                .whenAt(11, cancel("a"))
                .thenReply(cancelled("a"))
                .thenEvents(leaseExpired("a", 11, 2));
    }

    @Test
    void reportsWhatWasGrantedWithoutALease() {
        given(limit(2).decaying(0.5))
                .at(1, acquire("a").withoutLease())
                .whenAt(2, cancel("a"))
                .thenReply(granted(lease("a").lease(0).from(1)))
                .thenNoEvents()
                .thenOccupied(0.5);
    }

    @Test
    void findsNothingThatIsForgotten() {
        given(limit(2).decaying(0.5))
                .at(1, acquire("a").withoutLease())
                .whenAt(301, cancel("a"))
                .thenReply(cancelled("a"))
                .thenEvents(acquireCancelled("a"));
    }

    @Test
    void findsTheLimitByTheLeaseIdAlone() {
        queue().whenAt(5, new CancelAcquire(null, Names.id("b")))
                .thenReply(cancelled("b"))
                .thenEvents(waiterLeft("b", WaiterLeft.Reason.CANCELLED));
    }

    @Test
    void findsNothingByALeaseIdThatIsNotHeld() {
        queue().whenAt(5, new CancelAcquire(null, Names.id("c")))
                .thenReply(cancelled("c"))
                .thenNoEvents();
    }

    @Test
    void namesAllMistakesAtOnce() {
        queue().whenAt(5, new CancelAcquire("a>b", null)).thenInvalid("limit", "leaseId");
    }

    /** One lease until second 11 that holds both slots, and one who waits. */
    private static LedgerScenario queue() {
        return given(limit(2))
                .at(1, acquire("a").slots(2).lease(10))
                .at(2, acquire("b").waiting(60));
    }
}
