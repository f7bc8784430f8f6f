package io.limitledger.gateway.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.limitledger.client.Asking;
import io.limitledger.client.TooManyInFlightException;
import io.limitledger.core.command.AcquireLease;
import io.limitledger.core.command.CancelAcquire;
import io.limitledger.core.command.DeleteLimit;
import io.limitledger.core.command.LimitCommand;
import io.limitledger.core.command.PutLimit;
import io.limitledger.core.command.ReleaseLease;
import io.limitledger.core.command.RenewLease;
import io.limitledger.core.command.ReturnSlots;
import io.limitledger.core.command.TakeSlots;
import io.limitledger.core.state.Definition;
import io.limitledger.gateway.http.InMemoryLedger;
import io.limitledger.wire.ReplyRecord;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AdmissionTest {
    private static final int MOST = 3;
    private static final UUID ID = new UUID(1, 1);

    private final InMemoryLedger ledger = new InMemoryLedger(4);
    private boolean isHeapFull;
    private final Asking admission = new Admission(ledger, ledger::undecided, () -> isHeapFull, MOST);

    @BeforeEach
    void stallWithAsMuchAsIsLetIn() {
        ledger.stall();
        for (int command = 0; command < MOST; command++) {
            CompletableFuture<ReplyRecord> unused = admission.send(acquire("b", List.of()));
        }
    }

    static Stream<LimitCommand> newWork() {
        return Stream.of(
                acquire("b", List.of()),
                acquire("b", List.of("c", "d")),
                new TakeSlots("b", ID, 1, null),
                new PutLimit("b", new Definition(1, 0, true), null, false),
                new DeleteLimit("b"));
    }

    @ParameterizedTest
    @MethodSource("newWork")
    void newWorkIsTurnedAwayAtOnceAndNotSent(LimitCommand command) {
        // when
        CompletableFuture<ReplyRecord> refused = admission.send(command);

        // then
        assertThatThrownBy(refused::join).hasCauseInstanceOf(TooManyInFlightException.class);
        assertThat(ledger.sent()).hasSize(MOST);
    }

    @Test
    void aPrincipalHasHalfOfAllThatIsUnderWay() {
        // given
        Asking roomy = new Admission(ledger, () -> 0, () -> false, MOST);
        for (int command = 0; command < 10_000; command++) {
            CompletableFuture<ReplyRecord> unused = roomy.send(acquire("b", List.of()), 0, "token:greedy");
        }

        // when
        CompletableFuture<ReplyRecord> refused = roomy.send(acquire("b", List.of()), 0, "token:greedy");

        // then
        assertThatThrownBy(refused::join)
                .hasCauseInstanceOf(ClientBusyException.class)
                .hasMessageContaining("token:greedy has 10000 requests");
        assertThat(roomy.send(acquire("b", List.of()), 0, "token:other")).isNotDone();
        assertThat(roomy.send(new ReleaseLease("b", ID), 0, "token:greedy")).isNotDone();
    }

    static Stream<LimitCommand> workThatSparesWork() {
        return Stream.of(
                new RenewLease("b", ID, 1_000, null),
                new ReleaseLease("b", ID),
                new CancelAcquire("b", ID),
                new ReturnSlots("b", 1, 0),
                acquire("b", List.of("a", "c")));
    }

    @ParameterizedTest
    @MethodSource("workThatSparesWork")
    void whatKeepsOrGivesBackOrHasBegunIsLetIn(LimitCommand command) {
        // when
        CompletableFuture<ReplyRecord> asked = admission.send(command, 1);

        // then
        assertThat(asked).isNotDone();
        assertThat(ledger.sent()).hasSize(MOST + 1);
    }

    @Test
    void letsInAgainAsSoonAsTheLedgerAnswers() {
        // given
        ledger.goOn();

        // when
        CompletableFuture<ReplyRecord> asked = admission.send(acquire("b", List.of()));

        // then
        assertThat(asked).isCompleted();
    }

    static Stream<LimitCommand> workThatNeedsMemory() {
        return newWork().filter(command -> !(command instanceof DeleteLimit));
    }

    @ParameterizedTest
    @MethodSource("workThatNeedsMemory")
    void newWorkIsTurnedAwayWhenTheHeapIsFull(LimitCommand command) {
        // given
        ledger.goOn();
        isHeapFull = true;

        // when
        CompletableFuture<ReplyRecord> refused = admission.send(command);

        // then
        assertThatThrownBy(refused::join).hasCauseInstanceOf(OverloadedException.class);
        assertThat(ledger.sent()).hasSize(MOST);
    }

    static Stream<LimitCommand> workThatGivesMemoryBack() {
        return Stream.concat(workThatSparesWork(), Stream.of(new DeleteLimit("b")));
    }

    @ParameterizedTest
    @MethodSource("workThatGivesMemoryBack")
    void whatKeepsOrGivesBackIsLetInWhenTheHeapIsFull(LimitCommand command) {
        // given
        ledger.goOn();
        isHeapFull = true;

        // when
        CompletableFuture<ReplyRecord> asked = admission.send(command);

        // then
        assertThat(asked).isCompleted();
    }

    private static AcquireLease acquire(String limit, List<String> siblings) {
        return new AcquireLease(limit, ID, 1, 60_000, 0, null, siblings);
    }
}
