package io.limitledger.core.rule;

import static io.limitledger.core.scenario.Commands.acquire;
import static io.limitledger.core.scenario.Commands.delete;
import static io.limitledger.core.scenario.Commands.limit;
import static io.limitledger.core.scenario.Commands.release;
import static io.limitledger.core.scenario.Facts.commandRefused;
import static io.limitledger.core.scenario.Facts.leaseExpired;
import static io.limitledger.core.scenario.Facts.leaseGranted;
import static io.limitledger.core.scenario.Facts.limitCreated;
import static io.limitledger.core.scenario.Facts.limitUpdated;
import static io.limitledger.core.scenario.LedgerScenario.given;
import static io.limitledger.core.scenario.LedgerScenario.givenNothing;
import static io.limitledger.core.scenario.Replies.granted;
import static io.limitledger.core.scenario.Replies.lease;
import static io.limitledger.core.scenario.Replies.told;
import static org.assertj.core.api.Assertions.assertThat;

import io.limitledger.core.command.PutLimit;
import io.limitledger.core.reply.Refused.Reason;
import io.limitledger.core.scenario.Names;
import io.limitledger.core.scenario.Outcome;
import io.limitledger.core.state.Bounds;
import io.limitledger.core.state.Bucket;
import io.limitledger.core.state.Definition;
import io.limitledger.core.state.Demand;
import io.limitledger.core.state.Limit;
import io.limitledger.core.state.Progress;
import io.limitledger.core.state.Usage;
import io.limitledger.core.state.Windows;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class PutLimitTest {
    private static final UUID LIMIT_ID = UUID.fromString("11111111-1111-1111-1111-111111111111");

    @Test
    void createsALimitThatDoesNotExist() {
        Outcome outcome = givenNothing()
                .whenAt(7, limit(3).id(LIMIT_ID))
                .thenStored(true, new Definition(3, 0, true))
                .thenEvents(limitCreated());

        long now = Names.at(7);
        assertThat(outcome.limit())
                .isEqualTo(new Limit(
                        Names.LIMIT,
                        LIMIT_ID,
                        new Definition(3, 0, true),
                        new Usage(
                                Bucket.empty(now),
                                Windows.EMPTY,
                                0,
                                new Demand(Demand.FIRST_GUESS_SECONDS, 0, now),
                                null,
                                0,
                                0,
                                0),
                        new Progress(1, 0, 0, now, now, now, 1, 0, null, 0)));
    }

    @Test
    void createsALimitThatMustBeNew() {
        givenNothing()
                .whenAt(0, limit(3).decaying(0.5).inactive().mustBeNew())
                .thenStored(true, new Definition(3, 0.5, false))
                .thenEvents(limitCreated());
    }

    @Test
    void derivesAnIdThatTheNextLimitOfThisNameDoesNotHave() {
        UUID first = given(limit(3)).whenAt(1, release("a")).limit().id();
        UUID second = given(limit(3))
                .at(1, delete())
                .whenAt(2, limit(3))
                .thenStored(true, new Definition(3, 0, true))
                .limit()
                .id();

        assertThat(second).isNotEqualTo(first);
    }

    @Test
    void startsAgainAfterADeletion() {
        Outcome outcome = given(limit(1))
                .at(1, acquire("a"))
                .at(2, delete())
                .whenAt(3, limit(1))
                .thenEvents(limitCreated())
                .thenOccupied(0);

        assertThat(outcome.limit().number()).isEqualTo(1);
    }

    @Test
    void replacesTheDefinitionButNotTheLimit() {
        Outcome outcome = given(limit(3).id(LIMIT_ID))
                .whenAt(5, limit(4).decaying(2).inactive().id(UUID.randomUUID()))
                .thenStored(false, new Definition(4, 2, false))
                .thenEvents(limitUpdated());

        assertThat(outcome.limit().id()).isEqualTo(LIMIT_ID);
        assertThat(outcome.limit().createdAt()).isEqualTo(Names.at(0));
        assertThat(outcome.limit().updatedAt()).isEqualTo(Names.at(5));
    }

    @Test
    void notesADefinitionThatIsTheSame() {
        given(limit(3))
                .whenAt(5, limit(3))
                .thenStored(false, new Definition(3, 0, true))
                .thenEvents(limitUpdated());
    }

    @Test
    void doesNotReplaceWhatMustBeNew() {
        Outcome outcome = given(limit(3))
                .whenAt(5, limit(4).mustBeNew())
                .thenRefused(Reason.LIMIT_EXISTS, "to create limit 'db'")
                .thenEvents(commandRefused(Reason.LIMIT_EXISTS));

        assertThat(outcome.limit().definition()).isEqualTo(new Definition(3, 0, true));
        assertThat(outcome.limit().updatedAt()).isEqualTo(Names.at(0));
    }

    @Test
    void keepsLeasesOfAPartFullLimit() {
        given(limit(3))
                .at(1, acquire("a").slots(2))
                .whenAt(5, limit(4))
                .thenEvents(limitUpdated())
                .thenOccupied(2)
                .thenDueAt(301);
    }

    @Test
    void evictsNoHolderWhenLoweredBelowWhatIsOccupied() {
        given(limit(3))
                .at(1, acquire("a").slots(3))
                .whenAt(5, limit(1))
                .thenEvents(limitUpdated())
                .thenOccupied(3)
                .thenDueAt(301);
    }

    @Test
    void servesTheQueueOfAFullLimitWhenRaised() {
        given(limit(1))
                .at(1, acquire("a"))
                .at(2, acquire("b").waiting(60))
                .whenAt(5, limit(2))
                .thenStored(false, new Definition(2, 0, true))
                .thenEvents(limitUpdated(), leaseGranted("b", 3))
                .thenAnswers(told("b", granted(lease("b").from(5))))
                .thenOccupied(2);
    }

    @Test
    void servesTheQueueOfAPausedLimitWhenResumed() {
        given(limit(0))
                .at(2, acquire("b").waiting(60))
                .whenAt(5, limit(2))
                .thenEvents(limitUpdated(), leaseGranted("b", 3))
                .thenOccupied(1);
    }

    @Test
    void settlesFirst() {
        given(limit(1))
                .at(1, acquire("a").lease(10))
                .whenAt(12, limit(1))
                .thenEvents(leaseExpired("a", 11, 1), limitUpdated())
                .thenOccupied(0);
    }

    @Test
    void settlesFirstAlsoWhenRefused() {
        given(limit(1))
                .at(1, acquire("a").lease(10))
                .whenAt(12, limit(1).mustBeNew())
                .thenRefused(Reason.LIMIT_EXISTS)
                .thenEvents(leaseExpired("a", 11, 1), commandRefused(Reason.LIMIT_EXISTS));
    }

    @Test
    void namesAllMistakesAtOnce() {
        givenNothing()
                .whenAt(0, new PutLimit("a/b", new Definition(-1, -1, true), null, false))
                .thenInvalid("limit", "limit", "slotDecayPerSecond")
                .thenNothingRemembered();
    }

    @Test
    void needsANameAndADefinition() {
        givenNothing().whenAt(0, new PutLimit(null, null, null, false)).thenInvalid("limit", "definition");
    }

    @Test
    void needsALimitThatIsACount() {
        givenNothing().whenAt(0, limit(-1)).thenInvalid("limit");
        givenNothing().whenAt(0, limit(Bounds.SLOTS + 1)).thenInvalid("limit");
        givenNothing().whenAt(0, limit(Bounds.SLOTS)).thenEvents(limitCreated());
    }

    @Test
    void needsADecayThatCanBeReckonedWith() {
        givenNothing().whenAt(0, limit(1).decaying(Double.NaN)).thenInvalid("slotDecayPerSecond");
        givenNothing()
                .whenAt(0, limit(1).decaying(Bounds.SMALLEST_DECAY_PER_SECOND / 2))
                .thenInvalid("slotDecayPerSecond");
        givenNothing()
                .whenAt(0, limit(1).decaying(Bounds.DECAY_PER_SECOND * 1.001))
                .thenInvalid("slotDecayPerSecond");
        givenNothing().whenAt(0, limit(1).decaying(Bounds.DECAY_PER_SECOND)).thenEvents(limitCreated());
        givenNothing()
                .whenAt(0, limit(1).decaying(Bounds.SMALLEST_DECAY_PER_SECOND))
                .thenEvents(limitCreated());
    }

    @Test
    void leavesALimitAloneWhenInvalid() {
        given(limit(1))
                .at(1, acquire("a").lease(10))
                .whenAt(12, limit(-1))
                .thenInvalid("limit")
                .thenOccupied(1);
    }
}
