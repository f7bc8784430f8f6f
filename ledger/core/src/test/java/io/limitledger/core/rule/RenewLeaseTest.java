package io.limitledger.core.rule;

import static io.limitledger.core.scenario.Commands.acquire;
import static io.limitledger.core.scenario.Commands.cancel;
import static io.limitledger.core.scenario.Commands.deactivate;
import static io.limitledger.core.scenario.Commands.delete;
import static io.limitledger.core.scenario.Commands.limit;
import static io.limitledger.core.scenario.Commands.release;
import static io.limitledger.core.scenario.Commands.renew;
import static io.limitledger.core.scenario.Commands.setLimit;
import static io.limitledger.core.scenario.Facts.commandRefused;
import static io.limitledger.core.scenario.Facts.leaseExpired;
import static io.limitledger.core.scenario.Facts.leaseGranted;
import static io.limitledger.core.scenario.Facts.leaseRenewed;
import static io.limitledger.core.scenario.LedgerScenario.given;
import static io.limitledger.core.scenario.LedgerScenario.givenNothing;
import static io.limitledger.core.scenario.Replies.lease;
import static io.limitledger.core.scenario.Replies.renewed;

import io.limitledger.core.command.RenewLease;
import io.limitledger.core.reply.Refused.Reason;
import io.limitledger.core.scenario.LedgerScenario;
import io.limitledger.core.scenario.Names;
import io.limitledger.core.state.Bounds;
import io.limitledger.core.state.Holder;
import org.junit.jupiter.api.Test;

class RenewLeaseTest {
    @Test
    void findsNothingWithoutALimit() {
        givenNothing()
                .whenAt(5, renew("a", 60))
                .thenRefused(Reason.LEASE_GONE, "it is not held")
                .thenNoEvents()
                .thenNothingRemembered();
    }

    @Test
    void findsNothingAfterTheLimitWasDeleted() {
        held().at(4, delete())
                .whenAt(5, renew("a", 60))
                .thenRefused(Reason.LEASE_GONE)
                .thenNoEvents();
    }

    @Test
    void findsNothingOnAnEmptyLimit() {
        given(limit(1))
                .whenAt(5, renew("a", 60))
                .thenRefused(Reason.LEASE_GONE, "it is not held")
                .thenEvents(commandRefused(Reason.LEASE_GONE));
    }

    @Test
    void prolongsALeaseCountedFromNow() {
        held().whenAt(5, renew("a", 60))
                .thenReply(renewed(lease("a").lease(10).from(1).until(65)))
                .thenEvents(leaseRenewed("a", 65))
                .thenOccupied(1)
                .thenDueAt(65);
    }

    @Test
    void shortensALeaseToo() {
        held().whenAt(5, renew("a", 1))
                .thenReply(renewed(lease("a").lease(10).from(1).until(6)))
                .thenDueAt(6);
    }

    @Test
    void prolongsALeaseAgain() {
        held().at(5, renew("a", 60))
                .at(60, renew("a", 60))
                .whenAt(119, renew("a", 60))
                .thenReply(renewed(lease("a").lease(10).from(1).until(179)))
                .thenDueAt(179);
    }

    @Test
    void keepsALeaseBeyondItsFirstEnd() {
        held().at(5, renew("a", 60))
                .whenAt(64.999, acquire("a").lease(10))
                .thenNoEvents()
                .thenOccupied(1);
    }

    @Test
    void namesTheHolderOfALeaseThatHasNone() {
        held().whenAt(5, renew("a", 60, "\"me\""))
                .thenReply(renewed(lease("a").lease(10).from(1).until(65).holder("\"me\"")))
                .thenEvents(leaseRenewed("a", 65));
    }

    @Test
    void doesNotNameAnotherHolder() {
        held().at(2, renew("a", 60, "\"me\""))
                .whenAt(5, renew("a", 60, "\"you\""))
                .thenReply(renewed(lease("a").lease(10).from(1).until(65).holder("\"me\"")));
    }

    @Test
    void isRepeatable() {
        held().at(5, renew("a", 60))
                .whenAt(5, renew("a", 60))
                .thenReply(renewed(lease("a").lease(10).from(1).until(65)))
                .thenEvents(leaseRenewed("a", 65));
    }

    @Test
    void comesInTimeOneMillisecondBeforeTheEnd() {
        held().whenAt(10.999, renew("a", 60))
                .thenReply(renewed(lease("a").lease(10).from(1).until(70.999)));
    }

    @Test
    void comesTooLateAtTheVeryEnd() {
        held().whenAt(11, renew("a", 60))
                .thenRefused(Reason.LEASE_GONE, "was expired at 2023-11-14T22:13:31Z")
                .thenEvents(leaseExpired("a", 11, 1), commandRefused(Reason.LEASE_GONE));
    }

    @Test
    void comesTooLateForASlotThatWasHandedOn() {
        held().at(2, acquire("b").waiting(60))
                .whenAt(11, renew("a", 60))
                .thenRefused(Reason.LEASE_GONE)
                .thenEvents(leaseExpired("a", 11, 1), leaseGranted("b", 9), commandRefused(Reason.LEASE_GONE));
    }

    @Test
    void prolongsALeaseOfAPausedLimit() {
        held().at(2, setLimit(0)).whenAt(5, renew("a", 60)).thenEvents(leaseRenewed("a", 65));
    }

    @Test
    void prolongsALeaseOfALimitLoweredBelowWhatIsOccupied() {
        given(limit(2))
                .at(1, acquire("a").slots(2))
                .at(2, setLimit(1))
                .whenAt(5, renew("a", 60))
                .thenEvents(leaseRenewed("a", 65))
                .thenOccupied(2);
    }

    @Test
    void prolongsALeaseOfAnInactiveLimit() {
        given(limit(1))
                .at(1, deactivate())
                .at(2, acquire("a").lease(10))
                .whenAt(5, renew("a", 60))
                .thenReply(renewed(lease("a").lease(10).from(2).until(65).takingNothing()))
                .thenOccupied(0);
    }

    @Test
    void prolongsALeaseButNotItsSlotsWhereTheyDecay() {
        given(limit(2).decaying(0.1))
                .at(1, acquire("a").slots(2).lease(10))
                .whenAt(6, renew("a", 60))
                .thenReply(renewed(lease("a").slots(2).lease(10).from(1).until(66)))
                .thenOccupied(1.5);
    }

    @Test
    void prolongsALeaseWhileOthersWait() {
        held().at(2, acquire("b").waiting(60)).whenAt(5, renew("a", 60)).thenEvents(leaseRenewed("a", 65));
    }

    @Test
    void findsNoLeaseWhileItWaits() {
        held().at(2, acquire("b").waiting(60))
                .whenAt(5, renew("b", 60))
                .thenRefused(Reason.LEASE_GONE, "still waits for its slots")
                .thenEvents(commandRefused(Reason.LEASE_GONE));
    }

    @Test
    void findsNoLeaseThatWasReleased() {
        held().at(4, release("a"))
                .whenAt(5, renew("a", 60))
                .thenRefused(Reason.LEASE_GONE, "was released at 2023-11-14T22:13:24Z")
                .thenEvents(commandRefused(Reason.LEASE_GONE))
                .thenOccupied(0);
    }

    @Test
    void findsNoLeaseThatWasCancelled() {
        given(limit(1)).at(4, cancel("a")).whenAt(5, renew("a", 60)).thenRefused(Reason.LEASE_GONE, "was cancelled at");
    }

    @Test
    void findsNoLeaseThatNeverWasOne() {
        given(limit(1).decaying(1))
                .at(1, acquire("a").withoutLease())
                .whenAt(1.5, renew("a", 60))
                .thenRefused(Reason.LEASE_GONE, "was granted without a lease at")
                .thenOccupied(0.5);
    }

    @Test
    void findsNothingThatIsForgotten() {
        held().at(4, release("a")).whenAt(304, renew("a", 60)).thenRefused(Reason.LEASE_GONE, "it is not held");
    }

    @Test
    void findsTheLimitByTheLeaseIdAlone() {
        held().whenAt(5, new RenewLease(null, Names.id("a"), 60_000, null))
                .thenReply(renewed(lease("a").lease(10).from(1).until(65)))
                .thenEvents(leaseRenewed("a", 65));
    }

    @Test
    void findsNothingByALeaseIdThatIsNotHeld() {
        held().whenAt(5, new RenewLease(null, Names.id("b"), 60_000, null))
                .thenRefused(Reason.LEASE_GONE)
                .thenNoEvents();
    }

    @Test
    void namesAllMistakesAtOnce() {
        held().whenAt(5, new RenewLease("", null, 999, new Holder("x".repeat(Bounds.HOLDER_CHARACTERS + 1))))
                .thenInvalid("limit", "leaseId", "leaseSeconds", "holder");
    }

    @Test
    void needsALeaseWithinBounds() {
        held().whenAt(5, renew("a", 0)).thenInvalid("leaseSeconds");
        held().whenAt(5, renew("a", 2_592_000.001)).thenInvalid("leaseSeconds");
        held().whenAt(5, renew("a", 2_592_000)).thenEvents(leaseRenewed("a", 2_592_005));
    }

    private static LedgerScenario held() {
        return given(limit(1)).at(1, acquire("a").lease(10));
    }
}
