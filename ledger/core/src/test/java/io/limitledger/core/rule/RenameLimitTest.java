package io.limitledger.core.rule;

import static org.assertj.core.api.Assertions.assertThat;

import io.limitledger.core.command.AcquireLease;
import io.limitledger.core.command.DeleteLimit;
import io.limitledger.core.command.LimitCommand;
import io.limitledger.core.command.PutLimit;
import io.limitledger.core.command.ReleaseLease;
import io.limitledger.core.command.RenameLimit;
import io.limitledger.core.command.RenewLease;
import io.limitledger.core.command.Tick;
import io.limitledger.core.reply.Granted;
import io.limitledger.core.reply.Moving;
import io.limitledger.core.reply.Queued;
import io.limitledger.core.reply.Refused;
import io.limitledger.core.reply.Renamed;
import io.limitledger.core.reply.Renewed;
import io.limitledger.core.reply.Reply;
import io.limitledger.core.reply.Stored;
import io.limitledger.core.state.Claim;
import io.limitledger.core.state.Definition;
import io.limitledger.core.state.HeapRecords;
import io.limitledger.core.state.IndexedLedgerState;
import io.limitledger.core.state.Lease;
import io.limitledger.core.state.LedgerState;
import io.limitledger.core.state.Limit;
import io.limitledger.core.state.Move;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A limit gets another name, in the same partition or another: "Old" and "Other" lie in one, "new" in the other. */
class RenameLimitTest {
    private static final UUID HELD = new UUID(1, 1);
    private static final UUID WAITING = new UUID(2, 2);
    private static final UUID RENAMER = new UUID(3, 3);

    private final TwoPartitions ledger = new TwoPartitions();

    @BeforeEach
    void aLimitOfOneSlotThatIsHeld() {
        ledger.decide(new PutLimit("Old", new Definition(1, 0, true), null, true));
        ledger.acquire("Old", HELD, 0);
    }

    private Reply rename(String newName) {
        return ledger.decide(new RenameLimit("Old", newName), TwoPartitions.asker(RENAMER));
    }

    private static Refused.Reason reason(Reply reply) {
        assertThat(reply).isInstanceOf(Refused.class);
        return ((Refused) reply).reason();
    }

    @ParameterizedTest
    @ValueSource(strings = {"new", "Other"})
    void shouldTakeLeasesAndWaitersAlongAndFreeTheOldName(String newName) {
        // given
        assertThat(ledger.acquire("Old", WAITING, 30_000)).isInstanceOf(Queued.class);
        Limit before = Objects.requireNonNull(ledger.limit("Old"));

        // when
        assertThat(rename(newName)).isEqualTo(new Moving("Old", newName));
        ledger.deliver();

        // then
        assertThat(ledger.answers())
                .containsExactly(new Decision.Answer(TwoPartitions.asker(RENAMER), new Renamed("Old", newName)));
        assertThat(ledger.limit("Old")).isNull();
        Limit after = Objects.requireNonNull(ledger.limit(newName));
        assertThat(after.id()).isEqualTo(before.id());
        assertThat(after.definition()).isEqualTo(before.definition());
        assertThat(after.bucket()).isEqualTo(before.bucket());
        assertThat(after.leases()).isEqualTo(1);
        assertThat(after.waiting()).isEqualTo(1);
        assertThat(after.move()).isNull();
        assertThat(ledger.decide(new RenewLease(newName, HELD, 90_000, null))).isInstanceOf(Renewed.class);
    }

    /** A renewal that comes while the limit moves is refused, and its asker may rely on it. */
    @Test
    void shouldMoveProvisionalLeasesAsConfirmed() {
        // given
        ledger.decide(waitingOnTrial(), TwoPartitions.asker(WAITING));
        ledger.decide(new ReleaseLease("Old", HELD));

        // when
        ledger.decide(new RenameLimit("Old", "new"));
        ledger.deliver();

        // then
        assertThat(ledger.stateOf("new").lease("new", WAITING)).satisfies(RenameLimitTest::isConfirmed);
    }

    @Test
    void shouldConfirmProvisionalLeasesWhenItStays() {
        // given
        ledger.decide(new PutLimit("new", new Definition(1, 0, true), null, true));
        ledger.decide(waitingOnTrial(), TwoPartitions.asker(WAITING));
        ledger.decide(new ReleaseLease("Old", HELD));

        // when
        ledger.decide(new RenameLimit("Old", "new"));
        ledger.deliver();

        // then
        assertThat(ledger.stateOf("Old").lease("Old", WAITING)).satisfies(RenameLimitTest::isConfirmed);
    }

    private static AcquireLease waitingOnTrial() {
        return new AcquireLease(new Claim(WAITING, "Old", 1, 60_000, null, List.of()), 60_000, 10_000L);
    }

    private static void isConfirmed(Lease lease) {
        assertThat(lease.handedTo()).isNull();
        assertThat(lease.expiresAt()).isEqualTo(lease.startsAt() + 60_000);
    }

    @Test
    void shouldHandOverToAWaiterThatCameAlong() {
        // given
        ledger.acquire("Old", WAITING, 30_000);
        rename("new");
        ledger.deliver();

        // when
        ledger.decide(new ReleaseLease("new", HELD));

        // then
        assertThat(ledger.answers()).anySatisfy(answer -> {
            assertThat(answer.asker()).isEqualTo(TwoPartitions.asker(WAITING));
            assertThat(answer.reply()).isInstanceOf(Granted.class);
        });
    }

    @Test
    void shouldLetANewLimitTakeTheOldName() {
        // given
        rename("new");
        ledger.deliver();

        // when
        Reply reply = ledger.decide(new PutLimit("Old", new Definition(5, 0, true), null, true));

        // then
        assertThat(reply).isInstanceOf(Stored.class);
        assertThat(ledger.limit("Old").id()).isNotEqualTo(ledger.limit("new").id());
    }

    @ParameterizedTest
    @ValueSource(strings = {"new", "Other"})
    void shouldRefuseANameThatIsTakenAndGoOn(String newName) {
        // given
        ledger.decide(new PutLimit(newName, new Definition(5, 0, true), null, true));

        // when
        rename(newName);
        ledger.deliver();

        // then
        assertThat(ledger.answers()).hasSize(1);
        assertThat(reason(ledger.answers().get(0).reply())).isEqualTo(Refused.Reason.LIMIT_EXISTS);
        assertThat(ledger.decide(new RenewLease("Old", HELD, 90_000, null))).isInstanceOf(Renewed.class);
        assertThat(ledger.limit(newName).definition().limit()).isEqualTo(5);
    }

    @Test
    void shouldRefuseWhatIsNotThere() {
        // when
        Reply reply = ledger.decide(new RenameLimit("Nothing", "new"));

        // then
        assertThat(reason(reply)).isEqualTo(Refused.Reason.LIMIT_NOT_FOUND);
    }

    @Test
    void shouldDoNothingForItsOwnName() {
        // when
        Reply reply = rename("Old");

        // then
        assertThat(reply).isEqualTo(new Renamed("Old", "Old"));
        assertThat(ledger.underway()).isEmpty();
    }

    @Test
    void shouldRefuseCommandsInBetween() {
        // given
        rename("new");

        // when
        Reply acquired = ledger.acquire("Old", UUID.randomUUID(), 0);
        Reply renewed = ledger.decide(new RenewLease("Old", HELD, 90_000, null));
        Reply deleted = ledger.decide(new DeleteLimit("Old"));
        Reply renamed = rename("Other");

        // then
        assertThat(List.of(acquired, renewed, deleted, renamed))
                .allSatisfy(reply -> assertThat(reason(reply)).isEqualTo(Refused.Reason.LIMIT_MOVING));
        assertThat(reason(ledger.acquire("new", UUID.randomUUID(), 0))).isEqualTo(Refused.Reason.LIMIT_NOT_FOUND);
    }

    @Test
    void shouldBeSentAgainByATickIfMessagesWereLost() {
        // given
        rename("new");
        ledger.lose();
        ledger.pass(1_000);

        // when
        ledger.decide(new Tick("Old"));
        ledger.deliver();

        // then
        assertThat(ledger.limit("Old")).isNull();
        assertThat(ledger.limit("new").leases()).isEqualTo(1);
        assertThat(ledger.answers()).extracting(Decision.Answer::reply).containsExactly(new Renamed("Old", "new"));
    }

    @Test
    void shouldBeWatchedByALedgerThatTakesOverInTheMiddle() {
        // given
        ledger.decide(new ReleaseLease("Old", HELD));
        HeapRecords records = new HeapRecords();
        records.put(Objects.requireNonNull(ledger.limit("Old")).moving(Move.leaving("new", null, null)));

        // when
        IndexedLedgerState takenOver = new IndexedLedgerState(records);

        // then
        assertThat(takenOver.limitsWithSomethingDue()).containsExactly("Old");
        assertThat(DueTime.of(takenOver, "Old")).isLessThan(LedgerState.NEVER);
    }

    @Test
    void shouldNotComeBackWhenAPartIsLate() {
        // given
        rename("new");
        LimitCommand late = ledger.underway().get(0);
        ledger.deliver();
        ledger.decide(new DeleteLimit("new"));

        // when
        ledger.decide(late);

        // then
        assertThat(ledger.limit("new")).isNull();
    }

    @Test
    void shouldMoveThereAndBackAgain() {
        // given
        rename("new");
        ledger.deliver();

        // when
        ledger.decide(new RenameLimit("new", "Old"));
        ledger.deliver();

        // then
        assertThat(ledger.limit("new")).isNull();
        assertThat(ledger.limit("Old").moves()).isEqualTo(2);
        assertThat(ledger.decide(new RenewLease("Old", HELD, 90_000, null))).isInstanceOf(Renewed.class);
    }

    @Test
    void shouldExpireOnArrivalWhatFellDueOnTheWay() {
        // given
        rename("new");
        ledger.pass(61_000);

        // when
        ledger.deliver();

        // then
        assertThat(ledger.limit("new").leases()).isZero();
        assertThat(ledger.limit("new").bucket().levelMicros()).isZero();
    }

    /** 1,000 leases need several parts. Each message may be lost, repeated or overtaken. */
    @Test
    void shouldArriveWholeHoweverMessagesFare() {
        for (int seed = 0; seed < 200; seed++) {
            // given
            Random random = new Random(seed);
            TwoPartitions partitions = new TwoPartitions();
            partitions.decide(new PutLimit("Old", new Definition(1_000, 0, true), null, true));
            int leases = random.nextInt(1_000);
            IntStream.range(0, leases).forEach(i -> partitions.acquire("Old", new UUID(9, i), 0));
            partitions.decide(new RenameLimit("Old", "new"), TwoPartitions.asker(RENAMER));

            // when
            for (int step = 0; step < 10_000 && partitions.limit("Old") != null; step++) {
                shake(partitions, random);
            }

            // then
            Limit arrived = partitions.limit("new");
            assertThat(arrived).as("seed %d", seed).isNotNull();
            assertThat(arrived.leases()).as("seed %d", seed).isEqualTo(leases);
            assertThat(arrived.bucket().levelMicros()).isEqualTo(leases * 1_000_000L);
            assertThat(partitions.stateOf("new").leases("new"))
                    .hasSize(leases)
                    .extracting(Lease::limit)
                    .containsOnly("new");
            partitions.deliver();
            assertThat(partitions.limit("Old")).isNull();
        }
    }

    private static void shake(TwoPartitions partitions, Random random) {
        List<Decision.Message> underway = partitions.messages();
        if (underway.isEmpty() || random.nextInt(20) == 0) {
            partitions.pass(1_000);
            partitions.decide(new Tick("Old"));
            return;
        }
        Decision.Message message = underway.remove(random.nextInt(Math.min(3, underway.size())));
        int fate = random.nextInt(10);
        if (fate > 0) {
            partitions.decide(message.command(), null, message.by());
        }
        if (fate == 9) {
            underway.add(message);
        }
    }
}
