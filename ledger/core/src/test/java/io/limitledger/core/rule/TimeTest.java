package io.limitledger.core.rule;

import static io.limitledger.core.scenario.Commands.acquire;
import static io.limitledger.core.scenario.Commands.heartbeat;
import static io.limitledger.core.scenario.Commands.limit;
import static io.limitledger.core.scenario.Commands.release;
import static io.limitledger.core.scenario.Commands.renew;
import static io.limitledger.core.scenario.Commands.setLimit;
import static io.limitledger.core.scenario.Commands.tick;
import static io.limitledger.core.scenario.Facts.leaseExpired;
import static io.limitledger.core.scenario.Facts.leaseRenewed;
import static io.limitledger.core.scenario.Facts.leasesProlonged;
import static io.limitledger.core.scenario.LedgerScenario.given;
import static io.limitledger.core.scenario.Replies.granted;
import static io.limitledger.core.scenario.Replies.lease;
import static io.limitledger.core.scenario.Replies.queued;
import static io.limitledger.core.scenario.Replies.renewed;
import static org.assertj.core.api.Assertions.assertThat;

import io.limitledger.core.reply.Refused.Reason;
import io.limitledger.core.scenario.Names;
import io.limitledger.core.scenario.Outcome;
import org.junit.jupiter.api.Test;

/** Time never runs backwards, and goes on from where it is, whatever the broker's clock does. Replies are by that clock. */
class TimeTest {
    @Test
    void aLeaseIsCountedFromTheLastDecision() {
        given(limit(2))
                .at(60, acquire("a"))
                .whenAt(10, acquire("b"))
                .thenReply(granted(lease("b").from(10)));
    }

    @Test
    void aWaitIsCountedFromTheLastDecision() {
        given(limit(1))
                .at(60, acquire("a"))
                .whenAt(10, acquire("b").waiting(10))
                .thenReply(queued("b", 0, 20));
    }

    @Test
    void aRenewalIsCountedFromTheLastDecision() {
        given(limit(1))
                .at(60, acquire("a"))
                .whenAt(10, renew("a", 10))
                .thenReply(renewed(lease("a").from(10).until(20)));
    }

    @Test
    void anEventIsDatedFromTheLastDecision() {
        Outcome outcome = given(limit(1)).at(60, acquire("a")).whenAt(10, release("a"));

        assertThat(outcome.decision().events()).extracting(event -> event.at()).containsExactly(Names.at(60));
        assertThat(outcome.limit().decidedAt()).isEqualTo(Names.at(60));
    }

    @Test
    void anEditIsDatedFromTheLastDecision() {
        assertThat(given(limit(1))
                        .at(60, acquire("a"))
                        .whenAt(10, setLimit(2))
                        .limit()
                        .updatedAt())
                .isEqualTo(Names.at(60));
    }

    @Test
    void aLeaseEndsInItsTimeWhileTheClockIsBehind() {
        given(limit(1))
                .at(3_600, acquire("a").lease(5))
                .at(10, tick())
                .whenAt(15, tick())
                .thenEvents(leaseExpired("a", 3_605, 1));
    }

    @Test
    void aLeapAheadEndsNoLeaseHoweverOftenTheClockHasSteppedBack() {
        given(limit(1))
                .at(3_600, acquire("a").lease(60))
                .at(10, heartbeat())
                .away()
                .at(3_610, heartbeat())
                .at(10, heartbeat())
                .away()
                .at(3_610, heartbeat())
                .whenAt(3_611, renew("a", 60))
                .thenEvents(leasesProlonged(2 * 3_597), leaseRenewed("a", 3_600 + 2 * 3_600 + 1 + 60));
    }

    @Test
    void whatExpiredStaysExpired() {
        given(limit(1))
                .at(1, acquire("a").lease(10))
                .at(60, acquire("b"))
                .whenAt(5, acquire("a").lease(10))
                .thenRefused(Reason.LEASE_GONE);
    }

    @Test
    void nothingDecaysBackwards() {
        given(limit(4).decaying(1))
                .at(1, acquire("a").slots(4).withoutLease())
                .at(3, acquire("b").withoutLease())
                .whenAt(1, tick())
                .thenNoEvents()
                .thenOccupied(3);
    }

    @Test
    void aTickThatFindsNothingDueMovesNoClock() {
        given(limit(1))
                .at(60, tick())
                .whenAt(10, acquire("a"))
                .thenReply(granted(lease("a").from(10)));
    }
}
