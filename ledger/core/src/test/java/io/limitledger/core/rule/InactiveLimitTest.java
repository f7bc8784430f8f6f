package io.limitledger.core.rule;

import static io.limitledger.core.scenario.Commands.acquire;
import static io.limitledger.core.scenario.Commands.activate;
import static io.limitledger.core.scenario.Commands.deactivate;
import static io.limitledger.core.scenario.Commands.limit;
import static io.limitledger.core.scenario.Commands.release;
import static io.limitledger.core.scenario.Commands.tick;
import static io.limitledger.core.scenario.Facts.commandRefused;
import static io.limitledger.core.scenario.Facts.leaseExpired;
import static io.limitledger.core.scenario.Facts.leaseGranted;
import static io.limitledger.core.scenario.Facts.leaseReleased;
import static io.limitledger.core.scenario.LedgerScenario.given;
import static io.limitledger.core.scenario.Replies.denied;
import static io.limitledger.core.scenario.Replies.granted;
import static io.limitledger.core.scenario.Replies.lease;

import io.limitledger.core.reply.Denied;
import io.limitledger.core.reply.Refused;
import org.junit.jupiter.api.Test;

/** An inactive limit grants without occupying. What was taken before is given back, what was not taken is not. */
class InactiveLimitTest {
    @Test
    void grantsMoreThanTheLimit() {
        given(limit(2).inactive())
                .whenAt(5, acquire("a").slots(9))
                .thenReply(granted(lease("a").slots(9).from(5).takingNothing()))
                .thenEvents(leaseGranted("a"))
                .thenOccupied(0)
                .thenDueAt(305);
    }

    @Test
    void grantsAlsoWherePausedOrFull() {
        given(limit(0).inactive()).whenAt(5, acquire("a")).thenEvents(leaseGranted("a"));
        given(limit(1))
                .at(1, acquire("a"))
                .at(2, deactivate())
                .whenAt(5, acquire("b"))
                .thenEvents(leaseGranted("b"))
                .thenOccupied(1);
    }

    @Test
    void stillNeedsALeaseWhereSlotsDoNotDecay() {
        given(limit(1).inactive())
                .whenAt(5, acquire("a").withoutLease())
                .thenRefused(Refused.Reason.LEASE_REQUIRED)
                .thenEvents(commandRefused(Refused.Reason.LEASE_REQUIRED));
    }

    @Test
    void whatWasAcquiredWhileInactiveOccupiesNothingLater() {
        given(limit(1).inactive())
                .at(1, acquire("a").slots(9))
                .at(2, activate())
                .whenAt(5, acquire("b"))
                .thenReply(granted(lease("b").from(5)))
                .thenOccupied(1);
    }

    @Test
    void whatWasAcquiredWhileInactiveFreesNothingWhenReleased() {
        given(limit(1).inactive())
                .at(1, acquire("a").slots(9))
                .at(2, activate())
                .at(3, acquire("b"))
                .whenAt(5, release("a"))
                .thenEvents(leaseReleased("a", 0))
                .thenOccupied(1);
    }

    @Test
    void whatWasAcquiredWhileInactiveFreesNothingWhenItExpires() {
        given(limit(1).inactive())
                .at(1, acquire("a").slots(9).lease(10))
                .at(2, activate())
                .at(3, acquire("b"))
                .whenAt(11, tick())
                .thenEvents(leaseExpired("a", 11, 0))
                .thenOccupied(1);
    }

    @Test
    void whatWasHeldBeforeIsFreedWhileInactive() {
        given(limit(1))
                .at(1, acquire("a"))
                .at(2, deactivate())
                .whenAt(5, release("a"))
                .thenEvents(leaseReleased("a", 1))
                .thenOccupied(0);
    }

    @Test
    void aSlotReleasedWhileInactiveIsFreeAfterwards() {
        given(limit(1))
                .at(1, acquire("a"))
                .at(2, deactivate())
                .at(3, release("a"))
                .at(4, activate())
                .whenAt(5, acquire("b"))
                .thenReply(granted(lease("b").from(5)))
                .thenOccupied(1);
    }

    @Test
    void aSlotHeldAllTheTimeIsTakenAfterwards() {
        given(limit(1))
                .at(1, acquire("a").lease(10))
                .at(2, deactivate())
                .at(4, activate())
                .whenAt(5, acquire("b"))
                .thenReply(denied("b", Denied.Reason.FULL, 6))
                .thenOccupied(1);
    }

    @Test
    void slotsDecayAlsoWhileInactive() {
        given(limit(4).decaying(1))
                .at(1, acquire("a").slots(4).withoutLease())
                .at(1, deactivate())
                .at(2, acquire("b").slots(4).withoutLease())
                .whenAt(3, activate())
                .thenOccupied(2);
    }
}
