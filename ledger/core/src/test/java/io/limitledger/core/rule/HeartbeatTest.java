package io.limitledger.core.rule;

import static io.limitledger.core.scenario.Commands.acquire;
import static io.limitledger.core.scenario.Commands.heartbeat;
import static io.limitledger.core.scenario.Commands.limit;
import static io.limitledger.core.scenario.Commands.release;
import static io.limitledger.core.scenario.Commands.renew;
import static io.limitledger.core.scenario.Commands.setLimit;
import static io.limitledger.core.scenario.Commands.tick;
import static io.limitledger.core.scenario.Facts.leaseExpired;
import static io.limitledger.core.scenario.Facts.leaseGranted;
import static io.limitledger.core.scenario.Facts.leaseRenewed;
import static io.limitledger.core.scenario.Facts.leasesProlonged;
import static io.limitledger.core.scenario.LedgerScenario.given;
import static io.limitledger.core.scenario.LedgerScenario.givenNothing;
import static org.assertj.core.api.Assertions.assertThat;

import io.limitledger.core.reply.Settled;
import io.limitledger.core.scenario.LedgerScenario;
import io.limitledger.core.scenario.Names;
import io.limitledger.core.scenario.Outcome;
import io.limitledger.core.state.Lease;
import io.limitledger.core.state.LeaseClock;
import java.util.List;
import org.junit.jupiter.api.Test;

class HeartbeatTest {
    @Test
    void isHeardWhereALeaseIsHeld() {
        Outcome outcome = given(limit(1))
                .at(1, acquire("a").lease(60))
                .whenAt(2, heartbeat())
                .thenReply(new Settled(null))
                .thenNoEvents()
                .thenDueAt(61);

        assertThat(outcome.state().leaseClock()).isEqualTo(new LeaseClock(Names.at(2), List.of()));
    }

    @Test
    void restsWhereNoneIs() {
        Outcome outcome = givenNothing().whenAt(2, heartbeat()).thenReply(new Settled(null));

        assertThat(outcome.state().leaseClock()).isEqualTo(LeaseClock.RESTING);
    }

    @Test
    void changesNothingWhileTheyAreRegular() {
        LedgerScenario line = given(limit(1)).at(1, acquire("a").lease(10));
        for (int second = 2; second < 11; second++) {
            line = line.at(second, heartbeat());
        }
        line.whenAt(11, tick()).thenEvents(leaseExpired("a", 11, 1));
    }

    @Test
    void leavesALeaseItsTimeWhenTheLedgerWasAway() {
        Outcome outcome = given(limit(1))
                .at(0, acquire("a").lease(60))
                .at(10, heartbeat())
                .away()
                .whenAt(613, tick())
                .thenEvents(leasesProlonged(600))
                .thenDueAt(660);

        assertThat(outcome.state().lease(Names.LIMIT, Names.id("a")))
                .extracting(Lease::expiresAt)
                .isEqualTo(Names.at(660));
        assertThat(outcome.state().leases(Names.LIMIT))
                .extracting(Lease::expiresAt)
                .containsExactly(Names.at(660));
    }

    @Test
    void letsALivingHolderRenewAfterwards() {
        given(limit(1))
                .at(0, acquire("a").lease(60))
                .at(10, heartbeat())
                .away()
                .at(613, heartbeat())
                .whenAt(614, renew("a", 60))
                .thenEvents(leasesProlonged(600), leaseRenewed("a", 674))
                .thenDueAt(674);
    }

    @Test
    void endsTheLeaseOfADeadHolderAfterWhatWasLeftOfIt() {
        given(limit(1))
                .at(0, acquire("a").lease(60))
                .at(10, heartbeat())
                .away()
                .at(613, heartbeat())
                .at(614, tick())
                .at(616, heartbeat())
                .at(619, heartbeat())
                .at(622, heartbeat())
                .at(625, heartbeat())
                .at(628, heartbeat())
                .at(631, heartbeat())
                .at(634, heartbeat())
                .at(637, heartbeat())
                .at(640, heartbeat())
                .at(643, heartbeat())
                .at(646, heartbeat())
                .at(649, heartbeat())
                .at(652, heartbeat())
                .at(655, heartbeat())
                .at(658, heartbeat())
                .whenAt(660, tick())
                .thenEvents(leaseExpired("a", 660, 1));
    }

    @Test
    void countsAnAbsenceOnceForEachLease() {
        given(limit(3))
                .at(0, acquire("a").lease(60))
                .at(10, heartbeat())
                .away()
                .at(100, acquire("b").lease(60))
                .at(113, heartbeat())
                .whenAt(114, acquire("c").lease(60))
                .thenEvents(leasesProlonged(13), leaseGranted("c"))
                .thenDueAt(160);
    }

    @Test
    void doesNotProlongWhatIsGrantedAfterIt() {
        Outcome outcome = given(limit(2))
                .at(0, acquire("a").lease(60))
                .at(10, heartbeat())
                .away()
                .at(613, heartbeat())
                .whenAt(614, acquire("b").lease(60))
                .thenEvents(leasesProlonged(600), leaseGranted("b"));

        assertThat(outcome.state().lease(Names.LIMIT, Names.id("b")))
                .extracting(Lease::expiresAt)
                .isEqualTo(Names.at(674));
        assertThat(outcome.state().firstToExpire(Names.LIMIT))
                .extracting(Lease::leaseId)
                .isEqualTo(Names.id("a"));
    }

    @Test
    void leavesNoRecordWhereNoLeaseIsHeld() {
        given(limit(1))
                .at(0, acquire("a").lease(60))
                .at(10, heartbeat())
                .away()
                .at(11, release("a"))
                .whenAt(613, tick())
                .thenNoEvents();
    }

    @Test
    void lastsNoLongerThanItsHolderMayHaveLivedWhenAClockJumps() {
        given(limit(1))
                .at(0, acquire("a").lease(60))
                .at(1, heartbeat())
                .away()
                .at(31_536_001, heartbeat())
                .whenAt(31_536_002, tick())
                .thenEvents(leasesProlonged(31_535_997))
                .thenDueAt(31_536_057);
    }

    @Test
    void countsTheFirstGrantAsAHeartbeat() {
        given(limit(1))
                .at(0, acquire("a").lease(10))
                .away()
                .at(20, heartbeat())
                .whenAt(21, renew("a", 10))
                .thenEvents(leasesProlonged(17), leaseRenewed("a", 31));
    }

    @Test
    void countsTheFirstHandOverAsAHeartbeat() {
        given(limit(0))
                .at(0, acquire("a").lease(10).waiting(60))
                .at(1, setLimit(1))
                .away()
                .whenAt(21, renew("a", 10))
                .thenEvents(leasesProlonged(17), leaseRenewed("a", 31));
    }
}
