package io.limitledger.core.rule;

import static io.limitledger.core.scenario.Commands.acquire;
import static io.limitledger.core.scenario.Commands.activate;
import static io.limitledger.core.scenario.Commands.cancel;
import static io.limitledger.core.scenario.Commands.giveBack;
import static io.limitledger.core.scenario.Commands.limit;
import static io.limitledger.core.scenario.Commands.release;
import static io.limitledger.core.scenario.Commands.setLimit;
import static io.limitledger.core.scenario.Commands.take;
import static io.limitledger.core.scenario.Commands.tick;
import static io.limitledger.core.scenario.Facts.commandRefused;
import static io.limitledger.core.scenario.Facts.leaseDenied;
import static io.limitledger.core.scenario.Facts.leaseExpired;
import static io.limitledger.core.scenario.Facts.leaseGranted;
import static io.limitledger.core.scenario.LedgerScenario.given;
import static io.limitledger.core.scenario.LedgerScenario.givenNothing;
import static io.limitledger.core.scenario.Replies.denied;
import static io.limitledger.core.scenario.Replies.granted;
import static io.limitledger.core.scenario.Replies.lease;
import static org.assertj.core.api.Assertions.assertThat;

import io.limitledger.core.command.TakeSlots;
import io.limitledger.core.reply.Denied;
import io.limitledger.core.reply.Refused.Reason;
import io.limitledger.core.scenario.Outcome;
import io.limitledger.core.state.Bounds;
import io.limitledger.core.state.Holder;
import org.junit.jupiter.api.Test;

class TakeSlotsTest {
    @Test
    void needsALimit() {
        givenNothing()
                .whenAt(0, take("a", 1))
                .thenRefused(Reason.LIMIT_NOT_FOUND, "limit 'db'")
                .thenNoEvents()
                .thenNothingRemembered();
    }

    @Test
    void takesSlotsWithoutALease() {
        Outcome outcome = given(limit(3))
                .whenAt(5, take("a", 2))
                .thenReply(granted(lease("a").slots(2).lease(0).from(5)))
                .thenEvents(leaseGranted("a"))
                .thenOccupied(2)
                .thenNothingDue();

        assertThat(outcome.limit().leases()).isZero();
        assertThat(outcome.limit().bucket().unleasedMicros()).isEqualTo(2_000_000);
    }

    @Test
    void takesSlotsThatStayForEver() {
        given(limit(3))
                .at(5, take("a", 2))
                .whenAt(9_999_999, tick())
                .thenNoEvents()
                .thenOccupied(2);
    }

    @Test
    void takesSlotsThatDrainOnALimitWithDecay() {
        given(limit(3).decaying(0.5)).at(5, take("a", 2)).whenAt(6, tick()).thenOccupied(1.5);
    }

    @Test
    void isGrantedTheLastSlotsOfAPartFullLimit() {
        given(limit(3))
                .at(1, acquire("a"))
                .whenAt(5, take("b", 2))
                .thenEvents(leaseGranted("b"))
                .thenOccupied(3);
    }

    @Test
    void isDeniedOnAFullLimit() {
        given(limit(3))
                .at(1, take("a", 2))
                .at(1, acquire("b").lease(10))
                .whenAt(5, take("c", 1))
                .thenReply(denied("c", Denied.Reason.FULL, 6))
                .thenEvents(leaseDenied("c", Denied.Reason.FULL))
                .thenOccupied(3);
    }

    @Test
    void leavesNoRoomForALease() {
        given(limit(1)).at(1, take("a", 1)).whenAt(5, acquire("b")).thenReply(denied("b", Denied.Reason.FULL, 30));
    }

    @Test
    void isDeniedOnAPausedLimit() {
        given(limit(0)).whenAt(5, take("a", 1)).thenReply(denied("a", Denied.Reason.PAUSED, 30));
    }

    @Test
    void isDeniedWhileMoreIsOccupiedThanALoweredLimitHas() {
        given(limit(3))
                .at(1, take("a", 3))
                .at(2, setLimit(2))
                .at(3, giveBack(1))
                .whenAt(5, take("b", 1))
                .thenReply(denied("b", Denied.Reason.FULL, 30))
                .thenOccupied(2);
    }

    @Test
    void isDeniedWhereOthersWaitAlthoughItWouldFit() {
        given(limit(3))
                .at(1, acquire("a").slots(2))
                .at(2, acquire("b").slots(2).waiting(60))
                .whenAt(5, take("c", 1))
                .thenReply(denied("c", Denied.Reason.FULL, 30));
    }

    @Test
    void takesNothingOfAnInactiveLimit() {
        given(limit(1).inactive())
                .whenAt(5, take("a", 9))
                .thenReply(granted(lease("a").slots(9).lease(0).from(5).takingNothing()))
                .thenOccupied(0);
    }

    @Test
    void whatWasTakenWhileInactiveOccupiesNothingLater() {
        given(limit(1).inactive())
                .at(1, take("a", 9))
                .at(2, activate())
                .whenAt(5, acquire("b"))
                .thenEvents(leaseGranted("b"))
                .thenOccupied(1);
    }

    @Test
    void isRefusedMoreThanTheLimitWillEverHave() {
        given(limit(2))
                .whenAt(5, take("a", 3))
                .thenRefused(Reason.SLOTS_EXCEED_LIMIT)
                .thenEvents(commandRefused(Reason.SLOTS_EXCEED_LIMIT));
    }

    @Test
    void meetsNoBoundOfLeases() {
        given(limit(2))
                .but(limit -> limit.withLeases(Bounds.LEASES_PER_LIMIT))
                .whenAt(5, take("a", 1))
                .thenEvents(leaseGranted("a"));
    }

    @Test
    void takesNothingTwice() {
        given(limit(3))
                .at(1, take("a", 2))
                .whenAt(5, take("a", 2))
                .thenReply(granted(lease("a").slots(2).lease(0).from(1)))
                .thenNoEvents()
                .thenOccupied(2);
    }

    @Test
    void takesNothingTwiceEvenIfAllWasReturned() {
        given(limit(3))
                .at(1, take("a", 2))
                .at(2, giveBack(2))
                .whenAt(5, take("a", 2))
                .thenReply(granted(lease("a").slots(2).lease(0).from(1)))
                .thenNoEvents()
                .thenOccupied(0);
    }

    @Test
    void otherSlotsAreNotTheSameRequest() {
        given(limit(3)).at(1, take("a", 2)).whenAt(5, take("a", 1)).thenRefused(Reason.LEASE_ID_TAKEN);
    }

    @Test
    void theIdOfALeaseIsTaken() {
        given(limit(3)).at(1, acquire("a")).whenAt(5, take("a", 1)).thenRefused(Reason.LEASE_ID_TAKEN);
    }

    @Test
    void anIdThatIsDoneWithIsGone() {
        given(limit(3)).at(1, cancel("a")).whenAt(5, take("a", 1)).thenRefused(Reason.LEASE_GONE);
    }

    @Test
    void anIdIsForgottenAfterFiveMinutes() {
        given(limit(3))
                .at(1, take("a", 1))
                .whenAt(301, take("a", 1))
                .thenEvents(leaseGranted("a"))
                .thenOccupied(2);
    }

    @Test
    void cannotBeReleased() {
        given(limit(3))
                .at(1, take("a", 2))
                .whenAt(5, release("a"))
                .thenNoEvents()
                .thenOccupied(2);
    }

    @Test
    void settlesFirst() {
        given(limit(1))
                .at(1, acquire("a").lease(10))
                .whenAt(11, take("b", 1))
                .thenEvents(leaseExpired("a", 11, 1), leaseGranted("b"))
                .thenOccupied(1);
    }

    @Test
    void namesAllMistakesAtOnce() {
        givenNothing()
                .whenAt(0, new TakeSlots("", null, 0, new Holder("x".repeat(Bounds.HOLDER_CHARACTERS + 1))))
                .thenInvalid("limit", "leaseId", "slots", "holder");
    }
}
