package io.limitledger.core.rule;

import static io.limitledger.core.scenario.Commands.acquire;
import static io.limitledger.core.scenario.Commands.deactivate;
import static io.limitledger.core.scenario.Commands.delete;
import static io.limitledger.core.scenario.Commands.limit;
import static io.limitledger.core.scenario.Commands.release;
import static io.limitledger.core.scenario.Facts.leaseExpired;
import static io.limitledger.core.scenario.Facts.leaseGranted;
import static io.limitledger.core.scenario.Facts.limitDeleted;
import static io.limitledger.core.scenario.Facts.waiterLeft;
import static io.limitledger.core.scenario.LedgerScenario.given;
import static io.limitledger.core.scenario.LedgerScenario.givenNothing;
import static io.limitledger.core.scenario.Replies.denied;
import static io.limitledger.core.scenario.Replies.granted;
import static io.limitledger.core.scenario.Replies.lease;
import static io.limitledger.core.scenario.Replies.told;
import static org.assertj.core.api.Assertions.assertThat;

import io.limitledger.core.command.DeleteLimit;
import io.limitledger.core.event.WaiterLeft;
import io.limitledger.core.reply.Deleted;
import io.limitledger.core.reply.Denied;
import io.limitledger.core.reply.Refused;
import io.limitledger.core.scenario.Names;
import io.limitledger.core.scenario.Outcome;
import java.util.List;
import org.junit.jupiter.api.Test;

class DeleteLimitTest {
    private static final Deleted DELETED = new Deleted(Names.LIMIT);

    private static final Refused LIMIT_DELETED = new Refused(
            Refused.Reason.LIMIT_DELETED, "Expected to wait for slots of limit 'db', but it was deleted", List.of());

    @Test
    void needsALimit() {
        givenNothing()
                .whenAt(0, delete())
                .thenRefused(Refused.Reason.LIMIT_NOT_FOUND, "to delete limit 'db'")
                .thenNoEvents()
                .thenNothingRemembered();
    }

    @Test
    void deletesAnEmptyLimit() {
        given(limit(3))
                .whenAt(5, delete())
                .thenReply(DELETED)
                .thenEvents(limitDeleted())
                .thenNothingRemembered();
    }

    @Test
    void deletesAFullLimitWithItsLeases() {
        Outcome outcome = given(limit(3))
                .at(1, acquire("a").slots(2))
                .at(1, acquire("b"))
                .whenAt(5, delete())
                .thenReply(DELETED)
                .thenEvents(limitDeleted())
                .thenAnswers()
                .thenNothingDue()
                .thenNothingRemembered();

        assertThat(outcome.state().limitOf(Names.id("a"))).isNull();
    }

    @Test
    void deletesAPausedLimit() {
        given(limit(0)).whenAt(5, delete()).thenReply(DELETED).thenNothingRemembered();
    }

    @Test
    void deletesAnInactiveLimitWithItsLeases() {
        given(limit(1))
                .at(1, deactivate())
                .at(2, acquire("a").slots(5))
                .whenAt(5, delete())
                .thenReply(DELETED)
                .thenNothingRemembered();
    }

    @Test
    void deletesADecayingLimitWithTheIdsItRemembers() {
        given(limit(2).decaying(1))
                .at(1, acquire("a").withoutLease())
                .at(2, release("b"))
                .whenAt(5, delete())
                .thenReply(DELETED)
                .thenNothingRemembered();
    }

    @Test
    void answersAllWaitersInTheirOrder() {
        given(limit(1))
                .at(1, acquire("a"))
                .at(2, acquire("c").waiting(60))
                .at(3, acquire("b").waiting(60))
                .whenAt(5, delete())
                .thenReply(DELETED)
                .thenEvents(limitDeleted())
                .thenAnswers(told("c", LIMIT_DELETED), told("b", LIMIT_DELETED))
                .thenNothingRemembered();
    }

    @Test
    void answersNoWaiterThatNamedNoReplyTopic() {
        given(limit(1))
                .at(1, acquire("a"))
                .at(2, acquire("b").waiting(60).askedByNobody())
                .whenAt(5, delete())
                .thenReply(DELETED)
                .thenAnswers()
                .thenNothingRemembered();
    }

    @Test
    void settlesFirst() {
        given(limit(2))
                .at(1, acquire("a").lease(10))
                .at(1, acquire("b"))
                .at(2, acquire("c").waiting(60))
                .at(2, acquire("d").waiting(9.5))
                .whenAt(12, delete())
                .thenEvents(
                        leaseExpired("a", 11, 1),
                        leaseGranted("c", 10),
                        waiterLeft("d", WaiterLeft.Reason.TIMED_OUT),
                        limitDeleted())
                .thenAnswers(
                        told("c", granted(lease("c").from(12))), told("d", denied("d", Denied.Reason.TIMED_OUT, 30)));
    }

    @Test
    void forgetsTheIdsThatWereUsed() {
        given(limit(1))
                .at(1, acquire("a"))
                .at(2, release("a"))
                .at(3, delete())
                .at(4, limit(1))
                .whenAt(5, acquire("a"))
                .thenReply(granted(lease("a").from(5)));
    }

    @Test
    void needsAName() {
        givenNothing().whenAt(0, new DeleteLimit(null)).thenInvalid("limit");
        givenNothing().whenAt(0, new DeleteLimit("x".repeat(256))).thenInvalid("limit");
    }
}
