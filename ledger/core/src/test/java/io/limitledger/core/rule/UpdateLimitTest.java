package io.limitledger.core.rule;

import static io.limitledger.core.scenario.Commands.acquire;
import static io.limitledger.core.scenario.Commands.activate;
import static io.limitledger.core.scenario.Commands.change;
import static io.limitledger.core.scenario.Commands.deactivate;
import static io.limitledger.core.scenario.Commands.limit;
import static io.limitledger.core.scenario.Commands.setDecay;
import static io.limitledger.core.scenario.Commands.setDenied;
import static io.limitledger.core.scenario.Commands.setLimit;
import static io.limitledger.core.scenario.Commands.setUnleased;
import static io.limitledger.core.scenario.Commands.take;
import static io.limitledger.core.scenario.Facts.leaseExpired;
import static io.limitledger.core.scenario.Facts.leaseGranted;
import static io.limitledger.core.scenario.Facts.limitUpdated;
import static io.limitledger.core.scenario.Facts.waiterLeft;
import static io.limitledger.core.scenario.LedgerScenario.given;
import static io.limitledger.core.scenario.LedgerScenario.givenNothing;
import static io.limitledger.core.scenario.Replies.denied;
import static io.limitledger.core.scenario.Replies.granted;
import static io.limitledger.core.scenario.Replies.lease;
import static io.limitledger.core.scenario.Replies.told;
import static org.assertj.core.api.Assertions.assertThat;

import io.limitledger.core.command.UpdateLimit;
import io.limitledger.core.command.UpdateLimit.DefinitionChange;
import io.limitledger.core.event.WaiterLeft;
import io.limitledger.core.reply.Denied;
import io.limitledger.core.reply.Refused;
import io.limitledger.core.scenario.Names;
import io.limitledger.core.scenario.Outcome;
import io.limitledger.core.state.Bounds;
import io.limitledger.core.state.Definition;
import io.limitledger.core.state.Demand;
import org.junit.jupiter.api.Test;

class UpdateLimitTest {
    @Test
    void needsALimit() {
        givenNothing()
                .whenAt(0, setLimit(3))
                .thenRefused(Refused.Reason.LIMIT_NOT_FOUND, "to change limit 'db'")
                .thenNoEvents()
                .thenNothingRemembered();
    }

    @Test
    void changesTheLimitOnly() {
        given(limit(3).decaying(0.5).inactive())
                .whenAt(5, setLimit(4))
                .thenStored(false, new Definition(4, 0.5, false))
                .thenEvents(limitUpdated());
    }

    @Test
    void changesTheDecayOnly() {
        given(limit(3).inactive())
                .whenAt(5, setDecay(0.25))
                .thenStored(false, new Definition(3, 0.25, false))
                .thenEvents(limitUpdated());
    }

    @Test
    void changesTheActivityOnly() {
        given(limit(3).decaying(0.5))
                .whenAt(5, deactivate())
                .thenStored(false, new Definition(3, 0.5, false))
                .thenEvents(limitUpdated());
    }

    @Test
    void changesNothingIfNothingIsGiven() {
        Outcome outcome = given(limit(3))
                .whenAt(5, new UpdateLimit(Names.LIMIT, null))
                .thenStored(false, new Definition(3, 0, true))
                .thenEvents(limitUpdated());

        assertThat(outcome.limit().createdAt()).isEqualTo(Names.at(0));
        assertThat(outcome.limit().updatedAt()).isEqualTo(Names.at(5));
    }

    @Test
    void evictsNoHolderWhenLoweredBelowWhatIsOccupied() {
        given(limit(3))
                .at(1, acquire("a").slots(3))
                .whenAt(5, setLimit(1))
                .thenEvents(limitUpdated())
                .thenOccupied(3);
    }

    @Test
    void evictsNoHolderWhenPaused() {
        given(limit(3))
                .at(1, acquire("a").slots(3))
                .whenAt(5, setLimit(0))
                .thenEvents(limitUpdated())
                .thenOccupied(3);
    }

    @Test
    void servesAsManyAsFitWhenRaised() {
        given(limit(1))
                .at(1, acquire("a"))
                .at(2, acquire("b").waiting(60))
                .at(3, acquire("c").waiting(60))
                .at(4, acquire("d").waiting(60))
                .whenAt(5, setLimit(3))
                .thenEvents(limitUpdated(), leaseGranted("b", 3), leaseGranted("c", 2))
                .thenAnswers(
                        told("b", granted(lease("b").from(5))),
                        told("c", granted(lease("c").from(5))))
                .thenOccupied(3);
    }

    @Test
    void servesNoWaiterWhenRaisedTooLittle() {
        given(limit(2))
                .at(1, acquire("a").slots(2))
                .at(2, acquire("b").slots(2).waiting(60))
                .whenAt(5, setLimit(3))
                .thenEvents(limitUpdated())
                .thenAnswers()
                .thenOccupied(2);
    }

    @Test
    void turnsAwayTheWaiterThatCanNeverFitAndServesTheNext() {
        Outcome outcome = given(limit(3))
                .at(1, acquire("a").slots(1))
                .at(2, acquire("b").slots(3).waiting(60))
                .at(3, acquire("c").slots(1).waiting(60))
                .whenAt(5, setLimit(2))
                .thenEvents(limitUpdated(), waiterLeft("b", WaiterLeft.Reason.CAN_NEVER_FIT), leaseGranted("c", 2))
                .thenOccupied(2);

        assertThat(outcome.decision().answers()).hasSize(2);
        assertThat(outcome.decision().answers().get(0)).satisfies(answer -> {
            assertThat(answer.asker()).isEqualTo(Names.asker("b"));
            assertThat(answer.reply())
                    .isEqualTo(new Refused(
                            Refused.Reason.SLOTS_EXCEED_LIMIT,
                            "Expected at most the 2 slots of limit 'db', but got 3, which can never fit",
                            null));
        });
        assertThat(Outcome.withoutFence(outcome.decision().answers().get(1).reply()))
                .isEqualTo(granted(lease("c").from(5)));
    }

    @Test
    void leavesTheQueueOfAPausedLimitAlone() {
        given(limit(3))
                .at(1, acquire("a").slots(3))
                .at(2, acquire("b").slots(3).waiting(60))
                .whenAt(5, setLimit(0))
                .thenEvents(limitUpdated())
                .thenAnswers();
    }

    @Test
    void servesEverybodyWhenDeactivated() {
        given(limit(1))
                .at(1, acquire("a"))
                .at(2, acquire("b").slots(1).waiting(60))
                .at(3, acquire("c").slots(1).waiting(60))
                .whenAt(5, deactivate())
                .thenEvents(limitUpdated(), leaseGranted("b", 3), leaseGranted("c", 2))
                .thenAnswers(
                        told("b", granted(lease("b").from(5).takingNothing())),
                        told("c", granted(lease("c").from(5).takingNothing())))
                .thenOccupied(1);
    }

    @Test
    void countsWhatWasTakenBeforeWhenActivated() {
        given(limit(2))
                .at(1, acquire("a"))
                .at(2, deactivate())
                .at(3, acquire("b"))
                .whenAt(5, activate())
                .thenEvents(limitUpdated())
                .thenOccupied(1);
    }

    @Test
    void turnsAwayAWaiterWithoutALeaseWhenTheDecayEnds() {
        Outcome outcome = given(limit(0).decaying(0.1))
                .at(2, acquire("b").withoutLease().waiting(60))
                .whenAt(5, setDecay(0))
                .thenEvents(limitUpdated(), waiterLeft("b", WaiterLeft.Reason.LEASE_REQUIRED));

        assertThat(outcome.decision().answers())
                .extracting(answer -> ((Refused) answer.reply()).reason())
                .containsExactly(Refused.Reason.LEASE_REQUIRED);
    }

    @Test
    void dropsWhatWouldHaveDrainedWhenTheDecayEnds() {
        given(limit(3).decaying(0.1))
                .at(1, acquire("a").slots(2).withoutLease())
                .at(2, acquire("b").slots(1))
                .whenAt(5, setDecay(0))
                .thenEvents(limitUpdated())
                .thenOccupied(0.7);
    }

    @Test
    void dropsWhatWouldHaveDrainedWhenTheLimitIsPutWithoutDecay() {
        given(limit(3).decaying(0.1))
                .at(1, acquire("a").slots(2).withoutLease())
                .whenAt(5, limit(3))
                .thenEvents(limitUpdated())
                .thenOccupied(0);
    }

    @Test
    void setsWhatIsOccupiedWithoutALease() {
        given(limit(3))
                .at(1, take("a", 1))
                .whenAt(5, setUnleased(2))
                .thenEvents(limitUpdated())
                .thenOccupied(2);
    }

    @Test
    void setsNothingOfWhatLeasesHold() {
        given(limit(3))
                .at(1, acquire("a").slots(2))
                .at(1, take("b", 1))
                .whenAt(5, setUnleased(0))
                .thenOccupied(2)
                .thenDueAt(301);
    }

    @Test
    void setsMoreThanTheLimitHas() {
        given(limit(3)).at(1, acquire("a")).whenAt(5, setUnleased(9)).thenOccupied(10);
    }

    @Test
    void handsOverWhatIsNoLongerOccupied() {
        given(limit(1))
                .at(1, take("a", 1))
                .at(2, acquire("b").waiting(60))
                .whenAt(5, setUnleased(0))
                .thenEvents(limitUpdated(), leaseGranted("b", 3))
                .thenOccupied(1);
    }

    @Test
    void setsExactlyWhatIsOccupiedWhereItDecays() {
        given(limit(2).decaying(1 / 3.0))
                .at(0, take("a", 2))
                .at(0.001, setUnleased(1))
                .whenAt(0.001, acquire("b").slots(2).withoutLease())
                .thenReply(denied("b", Denied.Reason.FULL, 3.001));
    }

    @Test
    void setsHowManyWereDenied() {
        Outcome outcome = given(limit(1)).whenAt(5, setDenied(4)).thenEvents(limitUpdated());

        assertThat(outcome.limit().demand()).isEqualTo(new Demand(2, 4, Names.at(5)));
    }

    @Test
    void settlesFirst() {
        given(limit(1))
                .at(1, acquire("a").lease(10))
                .whenAt(12, setLimit(2))
                .thenEvents(leaseExpired("a", 11, 1), limitUpdated())
                .thenOccupied(0);
    }

    @Test
    void namesAllMistakesAtOnce() {
        given(limit(1))
                .whenAt(1, new UpdateLimit("", new DefinitionChange(-1L, -0.5, null, -1L, -1L)))
                .thenInvalid("limit", "limit", "slotDecayPerSecond", "unleasedSlots", "deniedSlots");
    }

    @Test
    void needsANameAndValuesWithinBounds() {
        given(limit(1))
                .whenAt(1, new UpdateLimit(null, new DefinitionChange(null, null, null, null, null)))
                .thenInvalid("limit");
        given(limit(1)).whenAt(1, setLimit(Bounds.SLOTS + 1)).thenInvalid("limit");
        given(limit(1)).whenAt(1, setDecay(Double.POSITIVE_INFINITY)).thenInvalid("slotDecayPerSecond");
    }

    @Test
    void acceptsTheOutermostValues() {
        given(limit(1))
                .whenAt(1, change(Bounds.SLOTS, Bounds.DECAY_PER_SECOND, true))
                .thenStored(false, new Definition(Bounds.SLOTS, Bounds.DECAY_PER_SECOND, true));
    }
}
