package io.limitledger.core.rule;

import static io.limitledger.core.scenario.Commands.acquire;
import static io.limitledger.core.scenario.Commands.limit;
import static io.limitledger.core.scenario.Commands.release;
import static io.limitledger.core.scenario.Facts.commandRefused;
import static io.limitledger.core.scenario.LedgerScenario.given;
import static io.limitledger.core.scenario.LedgerScenario.givenNothing;

import io.limitledger.core.command.SettleLease;
import io.limitledger.core.reply.Refused.Reason;
import io.limitledger.core.scenario.CommandSpec;
import io.limitledger.core.scenario.LedgerScenario;
import io.limitledger.core.scenario.Names;
import org.junit.jupiter.api.Test;

class SettleLeaseTest {
    @Test
    void findsNothingWithoutALimit() {
        givenNothing()
                .whenAt(5, settle("a", 1))
                .thenRefused(Reason.LEASE_GONE, "it has not been granted")
                .thenNoEvents()
                .thenNothingRemembered();
    }

    @Test
    void findsNothingOnAnEmptyLimit() {
        given(limit(1))
                .whenAt(5, settle("a", 1))
                .thenRefused(Reason.LEASE_GONE, "it has not been granted")
                .thenEvents(commandRefused(Reason.LEASE_GONE));
    }

    @Test
    void refusesALeaseThatHasEnded() {
        held().at(5, release("a")).whenAt(6, settle("a", 1)).thenRefused(Reason.LEASE_GONE);
    }

    @Test
    void returnsWhatWasNotUsed() {
        held().whenAt(5, settle("a", 2)).thenOccupied(2);
    }

    @Test
    void chargesMoreThanTheLimitHas() {
        held().whenAt(5, settle("a", 7)).thenOccupied(7);
    }

    @Test
    void changesNothingTheSecondTime() {
        held().at(5, settle("a", 2)).whenAt(6, settle("a", 2)).thenNoEvents().thenOccupied(2);
    }

    @Test
    void mayBeCorrected() {
        held().at(5, settle("a", 0)).whenAt(6, settle("a", 3)).thenOccupied(3);
    }

    @Test
    void givesBackWhatWasUsedWhenTheLeaseEnds() {
        held().at(5, settle("a", 2)).whenAt(6, release("a")).thenOccupied(0);
    }

    @Test
    void refusesAnInvalidNumber() {
        held().whenAt(5, new SettleLease(Names.LIMIT, Names.id("a"), -1)).thenInvalid("slots");
    }

    private static LedgerScenario held() {
        return given(limit(5)).at(1, acquire("a").slots(4).lease(100));
    }

    private static CommandSpec settle(String letter, long slots) {
        return () -> new SettleLease(Names.LIMIT, Names.id(letter), slots);
    }
}
