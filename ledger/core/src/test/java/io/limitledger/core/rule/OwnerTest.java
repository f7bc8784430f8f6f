package io.limitledger.core.rule;

import static io.limitledger.core.scenario.Commands.acquire;
import static io.limitledger.core.scenario.Commands.cancel;
import static io.limitledger.core.scenario.Commands.limit;
import static io.limitledger.core.scenario.Commands.release;
import static io.limitledger.core.scenario.Commands.renew;
import static io.limitledger.core.scenario.Commands.setLimit;
import static io.limitledger.core.scenario.Commands.take;
import static io.limitledger.core.scenario.Commands.tick;
import static io.limitledger.core.scenario.Facts.commandRefused;
import static io.limitledger.core.scenario.LedgerScenario.given;
import static io.limitledger.core.scenario.Names.LIMIT;
import static io.limitledger.core.scenario.Names.id;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.limitledger.core.command.AcquireLease;
import io.limitledger.core.command.PutLimit;
import io.limitledger.core.command.RenameLimit;
import io.limitledger.core.command.SettleLease;
import io.limitledger.core.command.Tick;
import io.limitledger.core.event.LimitAdopted;
import io.limitledger.core.event.LimitEvent;
import io.limitledger.core.event.LimitLeaving;
import io.limitledger.core.event.LimitLeft;
import io.limitledger.core.reply.Cancelled;
import io.limitledger.core.reply.Charged;
import io.limitledger.core.reply.Granted;
import io.limitledger.core.reply.Refused;
import io.limitledger.core.reply.Refused.Reason;
import io.limitledger.core.reply.Released;
import io.limitledger.core.reply.Renewed;
import io.limitledger.core.reply.Reply;
import io.limitledger.core.scenario.CommandSpec;
import io.limitledger.core.scenario.LedgerScenario;
import io.limitledger.core.scenario.Outcome;
import io.limitledger.core.state.Definition;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Alice holds 'a', and waits for 'b' behind it. Who else may touch them depends on what a command says. */
class OwnerTest {
    private static final String ALICE = "token:alice";
    private static final String BOB = "user:bob@example.com";

    static Stream<Arguments> touches() {
        return Stream.of(
                arguments(renew("a", 60), Renewed.class),
                arguments(settle("a", 0), Charged.class),
                arguments(release("a"), Released.class),
                arguments(cancel("a"), Granted.class),
                arguments(release("b"), Released.class),
                arguments(cancel("b"), Cancelled.class));
    }

    @ParameterizedTest
    @MethodSource("touches")
    void refusesAnotherOwner(CommandSpec touch, Class<? extends Reply> otherwise) {
        Outcome outcome = held().whenAt(5, touch.byOwner(BOB));

        assertThat(outcome.decision().reply())
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.reason()).isEqualTo(Reason.NOT_OWNER));
        assertThat(outcome.decision().events())
                .singleElement()
                .satisfies(event -> assertThat(event.by()).isEqualTo(BOB));
        assertThat(outcome.state().lease(LIMIT, id("a"))).isNotNull();
        assertThat(outcome.state().waiter(LIMIT, id("b"))).isNotNull();
    }

    @ParameterizedTest
    @MethodSource("touches")
    void obeysTheOwner(CommandSpec touch, Class<? extends Reply> expected) {
        assertThat(held().whenAt(5, touch.byOwner(ALICE)).decision().reply()).isInstanceOf(expected);
    }

    /** Such as an administrator's; or a producer's that names no principal. */
    @ParameterizedTest
    @MethodSource("touches")
    void obeysAnyoneWhoSaysNothingOfAnOwner(CommandSpec touch, Class<? extends Reply> expected) {
        assertThat(held().whenAt(5, touch.by(BOB)).decision().reply()).isInstanceOf(expected);
        assertThat(held().whenAt(5, touch).decision().reply()).isInstanceOf(expected);
    }

    @ParameterizedTest
    @MethodSource("touches")
    void protectsNothingThatNoOneOwns(CommandSpec touch, Class<? extends Reply> expected) {
        LedgerScenario unowned =
                given(limit(1)).at(1, acquire("a")).at(2, acquire("b").waiting(60));

        assertThat(unowned.whenAt(5, touch.byOwner(BOB)).decision().reply()).isInstanceOf(expected);
    }

    @Test
    void saysWhoseLeaseItIsNotAndWhatToDo() {
        held().whenAt(5, release("a").byOwner(BOB)).thenEvents(commandRefused(Reason.NOT_OWNER));

        assertThat(((Refused) held().whenAt(5, release("a").byOwner(BOB))
                                .decision()
                                .reply())
                        .message())
                .contains("belongs to another owner than '" + BOB + "'", "ask an administrator of limit")
                .doesNotContain(ALICE);
    }

    /** A lease that is gone is gone, whoever asks. */
    @Test
    void findsWhatIsGoneBeforeWhoOwnsIt() {
        held().at(3, release("a").byOwner(ALICE))
                .whenAt(5, renew("a", 60).byOwner(BOB))
                .thenRefused(Reason.LEASE_GONE);
    }

    @Test
    void answersARepeatOfTheOwner() {
        assertThat(held().whenAt(5, acquire("a").by(ALICE)).decision().reply()).isInstanceOf(Granted.class);
    }

    @Test
    void refusesTheIdOfAnotherOwner() {
        assertThat(reasonOf(held().whenAt(5, acquire("a").by(BOB)))).isEqualTo(Reason.LEASE_ID_TAKEN);
        assertThat(reasonOf(held().whenAt(5, acquire("b").waiting(60).by(BOB)))).isEqualTo(Reason.LEASE_ID_TAKEN);
        assertThat(reasonOf(held().whenAt(5, acquire("a")))).isEqualTo(Reason.LEASE_ID_TAKEN);
    }

    @Test
    void refusesTheIdOfSlotsThatAnotherOwnerTook() {
        LedgerScenario taken = given(limit(5).decaying(1)).at(1, take("a", 1).by(ALICE));

        assertThat(reasonOf(taken.whenAt(2, take("a", 1).by(BOB)))).isEqualTo(Reason.LEASE_ID_TAKEN);
        assertThat(reasonOf(taken.whenAt(3, settle("a", 0).byOwner(BOB)))).isEqualTo(Reason.NOT_OWNER);
    }

    /** Once authentication is on, a client repeats what it asked for before. */
    @Test
    void answersARepeatOfWhatNoOneOwns() {
        LedgerScenario unowned = given(limit(1)).at(1, acquire("a"));

        assertThat(unowned.whenAt(5, acquire("a").by(BOB)).decision().reply()).isInstanceOf(Granted.class);
    }

    /** Bob releases, and Alice's turn comes: he is the cause, and what she gets is hers. */
    @Test
    void givesAWaiterItsOwnLeaseWhoeverMadeRoom() {
        Outcome outcome = given(limit(1))
                .at(1, acquire("a").by(BOB))
                .at(2, acquire("b").waiting(60).by(ALICE))
                .whenAt(5, release("a").byOwner(BOB));

        assertThat(outcome.state().lease(LIMIT, id("b")).claim().owner()).isEqualTo(ALICE);
        assertThat(outcome.decision().events()).extracting(LimitEvent::by).containsOnly(BOB);
    }

    /** Whether Bob's command or a tick comes first, no one has caused it. */
    @Test
    void namesNoOneForWhatFellDue() {
        CommandSpec byBob = setLimit(2).by(BOB);
        LedgerScenario due = given(limit(1))
                .at(1, acquire("a").lease(10).by(ALICE))
                .at(2, acquire("b").waiting(60).by(ALICE));

        Outcome outcome = due.whenAt(11, byBob);

        assertThat(outcome.decision().events())
                .extracting(event -> event.fact().type() + " by " + event.by())
                .containsExactly("LeaseExpired by null", "LeaseGranted by null", "LimitUpdated by " + BOB);
        assertThat(outcome.state().lease(LIMIT, id("b")).claim().owner()).isEqualTo(ALICE);
    }

    @Test
    void namesTheSenderOfATickWhereThereIsNone() {
        Outcome outcome =
                given(limit(1)).at(1, acquire("a").lease(10).by(ALICE)).whenAt(11, tick());

        assertThat(outcome.decision().events()).extracting(LimitEvent::by).containsOnlyNulls();
    }

    @Test
    void keepsTheOwnerOfARenewedLease() {
        Outcome outcome = held().whenAt(5, renew("a", 60).by(BOB));

        assertThat(outcome.state().lease(LIMIT, id("a")).claim().owner()).isEqualTo(ALICE);
    }

    @Test
    void takesOwnersAndTheNameOfWhoRenamesAlong() {
        // given
        TwoPartitions ledger = new TwoPartitions();
        ledger.decide(new PutLimit("Old", new Definition(1, 0, true), null, true));
        ledger.decide(acquireOn("Old", "a"), null, ALICE);

        // when
        ledger.decide(new RenameLimit("Old", "new"), null, BOB);
        ledger.deliver();

        // then
        assertThat(ledger.stateOf("new").lease("new", id("a")).claim().owner()).isEqualTo(ALICE);
        assertThat(byFact(ledger, LimitLeaving.class, LimitAdopted.class, LimitLeft.class))
                .containsExactly("LimitLeaving by " + BOB, "LimitAdopted by " + BOB, "LimitLeft by " + BOB);
    }

    /** A message was lost, and a tick sends it again: it is still Bob's doing. */
    @Test
    void remembersWhoRenamesUntilTheLimitHasArrived() {
        // given
        TwoPartitions ledger = new TwoPartitions();
        ledger.decide(new PutLimit("Old", new Definition(1, 0, true), null, true));
        ledger.decide(new RenameLimit("Old", "new"), null, BOB);
        ledger.lose();
        ledger.pass(60_000);

        // when
        ledger.decide(new Tick("Old"));
        ledger.deliver();

        // then
        assertThat(byFact(ledger, LimitLeaving.class, LimitAdopted.class, LimitLeft.class))
                .containsExactly(
                        "LimitLeaving by " + BOB,
                        "LimitLeaving by " + BOB,
                        "LimitAdopted by " + BOB,
                        "LimitLeft by " + BOB);
    }

    @Test
    void boundsTheNameOfAnOwner() {
        held().whenAt(5, release("a").byOwner("x".repeat(256))).thenInvalid("owner");
        held().whenAt(5, renew("a", 5).byOwner("")).thenInvalid("owner");
    }

    private static List<String> byFact(TwoPartitions ledger, Class<?>... facts) {
        return ledger.events().stream()
                .filter(event -> Stream.of(facts).anyMatch(fact -> fact.isInstance(event.fact())))
                .map(event -> event.fact().type() + " by " + event.by())
                .toList();
    }

    private static AcquireLease acquireOn(String limit, String letter) {
        return acquire(letter).on(limit).command();
    }

    private static CommandSpec settle(String letter, long slots) {
        return () -> new SettleLease(LIMIT, id(letter), slots);
    }

    private static LedgerScenario held() {
        return given(limit(1))
                .at(1, acquire("a").by(ALICE))
                .at(2, acquire("b").waiting(60).by(ALICE));
    }

    private static Reason reasonOf(Outcome outcome) {
        return ((Refused) outcome.decision().reply()).reason();
    }
}
