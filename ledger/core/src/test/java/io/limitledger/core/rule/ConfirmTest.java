package io.limitledger.core.rule;

import static io.limitledger.core.scenario.Commands.acquire;
import static io.limitledger.core.scenario.Commands.limit;
import static io.limitledger.core.scenario.Commands.release;
import static io.limitledger.core.scenario.Commands.renew;
import static io.limitledger.core.scenario.Commands.tick;
import static io.limitledger.core.scenario.Facts.leaseExpired;
import static io.limitledger.core.scenario.Facts.leaseGranted;
import static io.limitledger.core.scenario.Facts.waiterLeft;
import static io.limitledger.core.scenario.LedgerScenario.given;
import static io.limitledger.core.scenario.Replies.granted;
import static io.limitledger.core.scenario.Replies.lease;
import static io.limitledger.core.scenario.Replies.renewed;
import static io.limitledger.core.scenario.Replies.told;

import io.limitledger.core.event.WaiterLeft;
import io.limitledger.core.scenario.LedgerScenario;
import org.junit.jupiter.api.Test;

/** A lease that is granted after a wait ends soon unless the client confirms it, because the client may have died. */
class ConfirmTest {
    @Test
    void isProvisionalAfterAWait() {
        oneWaits()
                .whenAt(5, release("a"))
                .thenAnswers(told("b", granted(lease("b").from(5).until(15).handedTo("b"))))
                .thenDueAt(15);
    }

    @Test
    void isKeptByARenewal() {
        oneWaits()
                .at(5, release("a"))
                .whenAt(6, renew("b", 300))
                .thenReply(renewed(lease("b").from(5).until(306)))
                .thenDueAt(306);
    }

    @Test
    void isNoTrialWithoutAWait() {
        given(limit(1))
                .whenAt(5, acquire("a").waiting(60).takenUpWithin(10))
                .thenReply(granted(lease("a").from(5)));
    }

    @Test
    void isNoTrialOfALeaseThatIsShorter() {
        given(limit(1))
                .at(0, acquire("a"))
                .at(1, acquire("b").lease(5).waiting(60).takenUpWithin(10))
                .whenAt(5, release("a"))
                .thenAnswers(told("b", granted(lease("b").from(5).lease(5))));
    }

    @Test
    void goesToTheNextUnlessConfirmed() {
        oneWaits()
                .at(2, acquire("c").waiting(60).askedFrom("another"))
                .at(5, release("a"))
                .whenAt(15, tick())
                .thenEvents(leaseExpired("b", 15, 1), leaseGranted("c", 13));
    }

    @Test
    void endsAllWaitsOfAnAskerThatIsNoMore() {
        oneWaits()
                .at(2, acquire("c").waiting(60))
                .at(3, acquire("d").waiting(60).askedFrom("another"))
                .at(4, acquire("e").waiting(60))
                .at(5, release("a"))
                .whenAt(15, tick())
                .thenEvents(
                        leaseExpired("b", 15, 1),
                        waiterLeft("c", WaiterLeft.Reason.ABANDONED),
                        waiterLeft("e", WaiterLeft.Reason.ABANDONED),
                        leaseGranted("d", 12));
    }

    @Test
    void endsNoWaitsOfAnAskerThatLetsALeaseExpireLater() {
        oneWaits()
                .at(2, acquire("c").waiting(60))
                .at(5, release("a"))
                .at(6, renew("b", 10))
                .whenAt(16, tick())
                .thenEvents(leaseExpired("b", 16, 1), leaseGranted("c", 14));
    }

    /** One slot, held by a, for which b waits; it must confirm its grant within ten seconds. */
    private static LedgerScenario oneWaits() {
        return given(limit(1))
                .at(0, acquire("a"))
                .at(1, acquire("b").waiting(60).takenUpWithin(10));
    }
}
