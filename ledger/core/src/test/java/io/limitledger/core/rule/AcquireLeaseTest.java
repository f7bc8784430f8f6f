package io.limitledger.core.rule;

import static io.limitledger.core.scenario.Commands.acquire;
import static io.limitledger.core.scenario.Commands.limit;
import static io.limitledger.core.scenario.Commands.release;
import static io.limitledger.core.scenario.Commands.setLimit;
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

import io.limitledger.core.command.AcquireLease;
import io.limitledger.core.reply.Denied.Reason;
import io.limitledger.core.reply.Refused;
import io.limitledger.core.scenario.Names;
import io.limitledger.core.scenario.Outcome;
import io.limitledger.core.state.Bounds;
import io.limitledger.core.state.Holder;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** An acquire with an id that was never used, by an asker who does not wait. */
class AcquireLeaseTest {
    @Test
    void needsALimit() {
        givenNothing()
                .whenAt(0, acquire("a"))
                .thenRefused(Refused.Reason.LIMIT_NOT_FOUND, "to acquire slots of limit 'db'")
                .thenNoEvents()
                .thenNothingRemembered();
    }

    @Test
    void isGrantedOnAnEmptyLimit() {
        Outcome outcome = given(limit(2))
                .whenAt(5, acquire("a").lease(60))
                .thenReply(granted(lease("a").lease(60).from(5).until(65)))
                .thenEvents(leaseGranted("a"))
                .thenAnswers()
                .thenOccupied(1)
                .thenDueAt(65);

        assertThat(outcome.limit().leases()).isEqualTo(1);
    }

    @Test
    void isGrantedAllSlotsOfAnEmptyLimit() {
        given(limit(2))
                .whenAt(5, acquire("a").slots(2))
                .thenReply(granted(lease("a").slots(2).from(5)))
                .thenOccupied(2);
    }

    @Test
    void keepsHolderAndSiblings() {
        given(limit(2))
                .whenAt(5, acquire("a").holder("\"me\"").siblings("disk", "net"))
                .thenReply(granted(lease("a").from(5).holder("\"me\"").siblings("disk", "net")));
    }

    @Test
    void isGrantedTheLastSlotsOfAPartFullLimit() {
        given(limit(3))
                .at(1, acquire("a"))
                .whenAt(5, acquire("b").slots(2))
                .thenReply(granted(lease("b").slots(2).from(5)))
                .thenOccupied(3);
    }

    @Test
    void isDeniedMoreThanIsFreeOnAPartFullLimit() {
        given(limit(3))
                .at(1, acquire("a").slots(2).lease(10))
                .whenAt(5, acquire("b").slots(2))
                .thenReply(denied("b", Reason.FULL, 6))
                .thenEvents(leaseDenied("b", Reason.FULL))
                .thenOccupied(2);
    }

    @Test
    void isDeniedOnAFullLimitUntilTheNextLeaseEnds() {
        given(limit(2))
                .at(1, acquire("a").lease(20))
                .at(2, acquire("b").lease(10))
                .whenAt(5, acquire("c"))
                .thenReply(denied("c", Reason.FULL, 7))
                .thenEvents(leaseDenied("c", Reason.FULL))
                .thenOccupied(2);
    }

    @Test
    void mayAskAgainInHalfAMinuteAtTheLatest() {
        given(limit(1)).at(1, acquire("a").lease(300)).whenAt(5, acquire("b")).thenReply(denied("b", Reason.FULL, 30));
    }

    @Test
    void isDeniedOnAPausedLimit() {
        given(limit(0))
                .whenAt(5, acquire("a"))
                .thenReply(denied("a", Reason.PAUSED, 30))
                .thenEvents(leaseDenied("a", Reason.PAUSED))
                .thenOccupied(0);
    }

    @Test
    void isDeniedOnALimitThatWasPausedWhileHeld() {
        given(limit(1))
                .at(1, acquire("a").lease(10))
                .at(2, setLimit(0))
                .whenAt(5, acquire("b"))
                .thenReply(denied("b", Reason.PAUSED, 6))
                .thenOccupied(1);
    }

    @Test
    void isDeniedWhileMoreIsHeldThanALoweredLimitHas() {
        given(limit(3))
                .at(1, acquire("a").lease(60))
                .at(1, acquire("b").lease(60))
                .at(1, acquire("c").lease(60))
                .at(2, setLimit(2))
                .at(3, release("a"))
                .whenAt(5, acquire("d"))
                .thenReply(denied("d", Reason.FULL, 30))
                .thenOccupied(2);
    }

    @Test
    void isGrantedOnceALoweredLimitHasRoomAgain() {
        given(limit(3))
                .at(1, acquire("a"))
                .at(1, acquire("b"))
                .at(1, acquire("c"))
                .at(2, setLimit(2))
                .at(3, release("a"))
                .at(4, release("b"))
                .whenAt(5, acquire("d"))
                .thenReply(granted(lease("d").from(5)))
                .thenOccupied(2);
    }

    @Test
    void isGrantedAtTheVeryMillisecondAtWhichALeaseEnds() {
        given(limit(1))
                .at(1, acquire("a").lease(10))
                .whenAt(11, acquire("b"))
                .thenReply(granted(lease("b").from(11)))
                .thenEvents(leaseExpired("a", 11, 1), leaseGranted("b"))
                .thenOccupied(1);
    }

    @Test
    void isDeniedOneMillisecondBeforeALeaseEnds() {
        given(limit(1))
                .at(1, acquire("a").lease(10))
                .whenAt(10.999, acquire("b"))
                .thenReply(denied("b", Reason.FULL, 0.001))
                .thenEvents(leaseDenied("b", Reason.FULL));
    }

    @Test
    void isDeniedWhereOthersWaitAlthoughItWouldFit() {
        given(limit(3))
                .at(1, acquire("a").slots(2))
                .at(2, acquire("b").slots(2).waiting(60))
                .whenAt(5, acquire("c"))
                .thenReply(denied("c", Reason.FULL, 30))
                .thenEvents(leaseDenied("c", Reason.FULL))
                .thenOccupied(2);
    }

    @Test
    void mayBeAskedAgainAfterADenial() {
        given(limit(1))
                .at(1, acquire("a"))
                .at(2, acquire("b"))
                .at(3, release("a"))
                .whenAt(5, acquire("b"))
                .thenReply(granted(lease("b").from(5)));
    }

    @Test
    void isRefusedMoreThanTheLimitWillEverHave() {
        given(limit(2))
                .whenAt(5, acquire("a").slots(3).waiting(60))
                .thenRefused(Refused.Reason.SLOTS_EXCEED_LIMIT, "at most the 2 slots of limit 'db', but got 3")
                .thenEvents(commandRefused(Refused.Reason.SLOTS_EXCEED_LIMIT))
                .thenOccupied(0);
    }

    @Test
    void needsALeaseWhereSlotsDoNotDecay() {
        given(limit(2))
                .whenAt(5, acquire("a").withoutLease())
                .thenRefused(Refused.Reason.LEASE_REQUIRED, "at least 1")
                .thenEvents(commandRefused(Refused.Reason.LEASE_REQUIRED))
                .thenOccupied(0);
    }

    @Test
    void isRefusedWhereThereAreTooManyLeases() {
        given(limit(2))
                .but(limit -> limit.withLeases(Bounds.LEASES_PER_LIMIT))
                .whenAt(5, acquire("a"))
                .thenRefused(Refused.Reason.TOO_MANY_LEASES, "fewer than 100000 leases")
                .thenEvents(commandRefused(Refused.Reason.TOO_MANY_LEASES));
    }

    @Test
    void isGrantedAsTheLastLeaseThatThereMayBe() {
        given(limit(2))
                .but(limit -> limit.withLeases(Bounds.LEASES_PER_LIMIT - 1))
                .whenAt(5, acquire("a"))
                .thenEvents(leaseGranted("a"));
    }

    @Test
    void leavesNoLeaseAndSoMeetsNoBoundOfLeases() {
        given(limit(2).decaying(1))
                .but(limit -> limit.withLeases(Bounds.LEASES_PER_LIMIT))
                .whenAt(5, acquire("a").withoutLease())
                .thenEvents(leaseGranted("a"));
    }

    @Test
    void namesAllMistakesAtOnce() {
        givenNothing()
                .whenAt(
                        0,
                        new AcquireLease(
                                "a%b",
                                null,
                                0,
                                999,
                                -1,
                                new Holder("x".repeat(Bounds.HOLDER_CHARACTERS + 1)),
                                List.of("ok", "", "a&b")))
                .thenInvalid(
                        "limit", "leaseId", "slots", "leaseSeconds", "waitSeconds", "holder", "siblings", "siblings");
    }

    @Test
    void isRefusedEachFieldBeyondItsBound() {
        given(limit(1)).whenAt(1, acquire("a").slots(Bounds.SLOTS + 1)).thenInvalid("slots");
        given(limit(1)).whenAt(1, acquire("a").lease(-1)).thenInvalid("leaseSeconds");
        given(limit(1)).whenAt(1, acquire("a").lease(2_592_000.001)).thenInvalid("leaseSeconds");
        given(limit(1)).whenAt(1, acquire("a").waiting(3_600.001)).thenInvalid("waitSeconds");
        given(limit(1))
                .whenAt(1, acquire("a").siblings(Collections.nCopies(100, "x").toArray(String[]::new)))
                .thenInvalid("siblings");
    }

    @Test
    void isGrantedWithEachFieldAtItsBound() {
        given(limit(Bounds.SLOTS))
                .whenAt(
                        1,
                        acquire("a")
                                .slots(Bounds.SLOTS)
                                .lease(2_592_000)
                                .waiting(3_600)
                                .holder("x".repeat(Bounds.HOLDER_CHARACTERS))
                                .siblings(Collections.nCopies(99, "x").toArray(String[]::new)))
                .thenEvents(leaseGranted("a"))
                .thenOccupied(Bounds.SLOTS);
    }

    @Test
    void takesNoSiblingsForNone() {
        given(limit(1))
                .whenAt(1, new AcquireLease(Names.LIMIT, Names.id("a"), 1, 300_000, 0, null, null))
                .thenReply(granted(lease("a").from(1)));
    }
}
