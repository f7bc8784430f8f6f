package io.limitledger.core.rule;

import static io.limitledger.core.scenario.Commands.acquire;
import static io.limitledger.core.scenario.Commands.cancel;
import static io.limitledger.core.scenario.Commands.deactivate;
import static io.limitledger.core.scenario.Commands.limit;
import static io.limitledger.core.scenario.Commands.setLimit;
import static io.limitledger.core.scenario.Facts.leaseGranted;
import static io.limitledger.core.scenario.Facts.waiterQueued;
import static io.limitledger.core.scenario.LedgerScenario.given;
import static io.limitledger.core.scenario.Replies.granted;
import static io.limitledger.core.scenario.Replies.lease;
import static io.limitledger.core.scenario.Replies.queued;
import static org.assertj.core.api.Assertions.assertThat;

import io.limitledger.core.scenario.Names;
import io.limitledger.core.scenario.Outcome;
import io.limitledger.core.state.Bounds;
import io.limitledger.core.state.Claim;
import io.limitledger.core.state.Holder;
import io.limitledger.core.state.Waiter;
import java.util.List;
import org.junit.jupiter.api.Test;

/** An acquire with an id that was never used, by an asker who is willing to wait. */
class AcquireAndWaitTest {
    @Test
    void isGrantedAtOnceWhereItFits() {
        given(limit(1))
                .whenAt(5, acquire("a").waiting(60))
                .thenReply(granted(lease("a").from(5)))
                .thenEvents(leaseGranted("a"))
                .thenOccupied(1);
    }

    @Test
    void isGrantedAtOnceOnAnInactiveLimit() {
        given(limit(0))
                .at(1, deactivate())
                .whenAt(5, acquire("a").waiting(60))
                .thenReply(granted(lease("a").from(5).takingNothing()));
    }

    @Test
    void waitsOnAFullLimit() {
        Outcome outcome = given(limit(1))
                .at(1, acquire("a"))
                .whenAt(5, acquire("b").lease(30).waiting(60).holder("\"me\"").siblings("disk"))
                .thenReply(queued("b", 0, 65))
                .thenEvents(waiterQueued("b", 1))
                .thenAnswers()
                .thenOccupied(1)
                .thenDueAt(65);

        assertThat(outcome.limit().waiting()).isEqualTo(1);
        assertThat(outcome.state().waiter(Names.LIMIT, Names.id("b")))
                .isEqualTo(new Waiter(
                        new Claim(Names.id("b"), Names.LIMIT, 1, 30_000, new Holder("\"me\""), List.of("disk")),
                        null,
                        1,
                        Names.at(5),
                        Names.at(65),
                        null,
                        Names.asker("b")));
    }

    @Test
    void waitsOnAPartFullLimitForMoreThanIsFree() {
        given(limit(3))
                .at(1, acquire("a").slots(2))
                .whenAt(5, acquire("b").slots(2).waiting(60))
                .thenReply(queued("b", 0, 65))
                .thenOccupied(2);
    }

    @Test
    void waitsOnAPausedLimitForAnyNumberOfSlots() {
        given(limit(0)).whenAt(5, acquire("a").slots(99).waiting(60)).thenReply(queued("a", 0, 65));
    }

    @Test
    void waitsWhileMoreIsHeldThanALoweredLimitHas() {
        given(limit(3))
                .at(1, acquire("a").slots(3))
                .at(2, setLimit(2))
                .whenAt(5, acquire("b").waiting(60))
                .thenReply(queued("b", 0, 65))
                .thenOccupied(3);
    }

    @Test
    void waitsBehindEarlierWaitersAlthoughItWouldFit() {
        given(limit(3))
                .at(1, acquire("a").slots(2))
                .at(2, acquire("b").slots(2).waiting(60))
                .whenAt(5, acquire("c").waiting(10))
                .thenReply(queued("c", 1, 15))
                .thenEvents(waiterQueued("c", 2))
                .thenDueAt(15);
    }

    @Test
    void isBehindAllOthersEvenIfPositionsBeforeItAreEmpty() {
        given(limit(1))
                .at(1, acquire("a"))
                .at(2, acquire("b").waiting(60))
                .at(3, acquire("c").waiting(60))
                .at(4, cancel("c"))
                .whenAt(5, acquire("d").waiting(60))
                .thenReply(queued("d", 1, 65))
                .thenEvents(waiterQueued("d", 3));
    }

    @Test
    void waitsAsTheLastThatMayWait() {
        given(limit(1))
                .at(1, acquire("a"))
                .but(limit -> limit.withWaiting(Bounds.WAITERS_PER_LIMIT - 1, Bounds.WAITERS_PER_LIMIT))
                .whenAt(5, acquire("b").waiting(60))
                .thenReply(queued("b", Bounds.WAITERS_PER_LIMIT - 1, 65));
    }
}
