package io.limitledger.core.rule;

import static io.limitledger.core.scenario.Commands.acquire;
import static io.limitledger.core.scenario.Commands.deactivate;
import static io.limitledger.core.scenario.Commands.giveBack;
import static io.limitledger.core.scenario.Commands.limit;
import static io.limitledger.core.scenario.Commands.setDecay;
import static io.limitledger.core.scenario.Commands.setLimit;
import static io.limitledger.core.scenario.Commands.take;
import static io.limitledger.core.scenario.Facts.leaseExpired;
import static io.limitledger.core.scenario.Facts.leaseGranted;
import static io.limitledger.core.scenario.Facts.slotsReturned;
import static io.limitledger.core.scenario.LedgerScenario.given;
import static io.limitledger.core.scenario.LedgerScenario.givenNothing;
import static io.limitledger.core.scenario.Replies.granted;
import static io.limitledger.core.scenario.Replies.lease;
import static io.limitledger.core.scenario.Replies.returned;
import static io.limitledger.core.scenario.Replies.told;
import static org.assertj.core.api.Assertions.assertThat;

import io.limitledger.core.command.ReturnSlots;
import io.limitledger.core.reply.Refused.Reason;
import io.limitledger.core.scenario.Outcome;
import org.junit.jupiter.api.Test;

class ReturnSlotsTest {
    @Test
    void needsALimit() {
        givenNothing()
                .whenAt(0, giveBack(1))
                .thenRefused(Reason.LIMIT_NOT_FOUND, "to return slots of limit 'db'")
                .thenNoEvents()
                .thenNothingRemembered();
    }

    @Test
    void freesSlotsThatNoLeaseOwns() {
        given(limit(3))
                .at(1, take("a", 3))
                .whenAt(5, giveBack(2))
                .thenReply(returned(2))
                .thenEvents(slotsReturned(2))
                .thenOccupied(1);
    }

    @Test
    void freesNoMoreThanThereAre() {
        given(limit(3))
                .at(1, take("a", 1))
                .whenAt(5, giveBack(2))
                .thenReply(returned(1))
                .thenEvents(slotsReturned(1))
                .thenOccupied(0);
    }

    @Test
    void freesNothingOfAnEmptyLimit() {
        given(limit(3))
                .whenAt(5, giveBack(2))
                .thenReply(returned(0))
                .thenEvents(slotsReturned(0))
                .thenOccupied(0);
    }

    @Test
    void freesNoSlotOfALease() {
        given(limit(3))
                .at(1, acquire("a").slots(2))
                .at(1, take("b", 1))
                .whenAt(5, giveBack(3))
                .thenReply(returned(1))
                .thenOccupied(2);
    }

    @Test
    void freesSlotsAgainEachTime() {
        given(limit(3))
                .at(1, take("a", 3))
                .at(4, giveBack(1))
                .whenAt(5, giveBack(1))
                .thenReply(returned(1))
                .thenOccupied(1);
    }

    @Test
    void freesSlotsOfAPausedLimit() {
        given(limit(3))
                .at(1, take("a", 3))
                .at(2, setLimit(0))
                .whenAt(5, giveBack(3))
                .thenReply(returned(3))
                .thenOccupied(0);
    }

    @Test
    void leavesAnInactiveLimitAlone() {
        given(limit(3))
                .at(1, take("a", 3))
                .at(2, deactivate())
                .whenAt(5, giveBack(3))
                .thenReply(returned(0))
                .thenNoEvents()
                .thenOccupied(3);
    }

    @Test
    void freesWhatHasNotDecayed() {
        given(limit(3).decaying(0.5))
                .at(1, take("a", 2))
                .whenAt(2, giveBack(2))
                .thenReply(returned(1.5))
                .thenEvents(slotsReturned(1.5))
                .thenOccupied(0);
    }

    @Test
    void findsNothingThatWasLeftWhenTheDecayEnded() {
        given(limit(3).decaying(0.5))
                .at(1, take("a", 2))
                .at(2, setDecay(0))
                .whenAt(100, giveBack(2))
                .thenReply(returned(0))
                .thenOccupied(0);
    }

    @Test
    void handsOverInTheSameDecision() {
        given(limit(2))
                .at(1, take("a", 2))
                .at(2, acquire("b").waiting(60))
                .whenAt(5, giveBack(1))
                .thenReply(returned(1))
                .thenEvents(slotsReturned(1), leaseGranted("b", 3))
                .thenAnswers(told("b", granted(lease("b").from(5))))
                .thenOccupied(2);
    }

    @Test
    void settlesFirst() {
        given(limit(2))
                .at(1, acquire("a").lease(10))
                .at(1, take("b", 1))
                .whenAt(11, giveBack(1))
                .thenEvents(leaseExpired("a", 11, 1), slotsReturned(1))
                .thenOccupied(0);
    }

    @Test
    void learnsHowLongSlotsWereInUseIfItIsSaid() {
        Outcome outcome = given(limit(1)).at(1, take("a", 1)).whenAt(5, giveBack(1, 4));

        assertThat(outcome.limit().demand().averageOccupancySeconds()).isEqualTo(3);
    }

    @Test
    void learnsNothingIfItIsNotSaid() {
        Outcome outcome = given(limit(1)).at(1, take("a", 1)).whenAt(5, giveBack(1));

        assertThat(outcome.limit().demand().averageOccupancySeconds()).isEqualTo(2);
    }

    @Test
    void namesAllMistakesAtOnce() {
        givenNothing().whenAt(0, new ReturnSlots(null, 0, -1)).thenInvalid("limit", "slots", "occupancySeconds");
    }
}
