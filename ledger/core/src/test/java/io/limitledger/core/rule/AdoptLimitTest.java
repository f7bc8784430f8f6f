package io.limitledger.core.rule;

import static org.assertj.core.api.Assertions.assertThat;

import io.limitledger.core.command.AdoptLimit;
import io.limitledger.core.command.DeleteLimit;
import io.limitledger.core.command.FinishRename;
import io.limitledger.core.command.InvalidField;
import io.limitledger.core.command.PutLimit;
import io.limitledger.core.command.RenameLimit;
import io.limitledger.core.reply.Refused;
import io.limitledger.core.state.Claim;
import io.limitledger.core.state.Definition;
import io.limitledger.core.state.Lease;
import io.limitledger.core.state.Limit;
import io.limitledger.core.state.SealedLimit;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The far end of a move. */
class AdoptLimitTest {
    private static final UUID ID = new UUID(7, 7);
    private static final Limit MOVED = Limit.created("Old", ID, new Definition(3, 0, true), 1_000);

    private final TwoPartitions ledger = new TwoPartitions();

    private static AdoptLimit part(int part, int parts, Lease... leases) {
        return new AdoptLimit("new", new SealedLimit(MOVED, null), part, parts, List.of(leases), List.of());
    }

    private static Lease lease(int number) {
        long now = 1_000_000;
        return new Lease(
                new Claim(new UUID(0, number), "new", 1, 60_000, null, List.of()),
                1_000_000,
                0,
                now,
                now,
                now + 60_000,
                null);
    }

    @Test
    void shouldBeThereAfterTheLastPart() {
        // given
        ledger.decide(part(0, 2, lease(1)));
        Refused meanwhile = (Refused) ledger.acquire("new", UUID.randomUUID(), 0);

        // when
        ledger.decide(part(1, 2, lease(2)));

        // then
        assertThat(meanwhile.reason()).isEqualTo(Refused.Reason.LIMIT_MOVING);
        assertThat(ledger.limit("new").leases()).isEqualTo(2);
        assertThat(ledger.limit("new").move()).isNull();
        assertThat(ledger.underway()).containsExactly(new FinishRename("Old", "new", ID, true, MOVED.offset()));
    }

    @Test
    void shouldPassOverPartsOutOfOrderAndRepeated() {
        // given
        ledger.decide(part(1, 3, lease(2)));
        ledger.decide(part(0, 3, lease(1)));
        ledger.decide(part(0, 3, lease(1)));

        // when
        ledger.decide(part(2, 3, lease(3)));

        // then
        assertThat(ledger.limit("new").leases()).isEqualTo(1);
        assertThat(ledger.limit("new").move().nextPart()).isEqualTo(1);
        assertThat(ledger.underway()).isEmpty();
    }

    @Test
    void shouldSayAgainThatItIsThere() {
        // given
        ledger.decide(part(0, 1));
        ledger.lose();

        // when
        ledger.decide(part(0, 1));

        // then
        assertThat(ledger.underway()).containsExactly(new FinishRename("Old", "new", ID, true, MOVED.offset()));
    }

    @Test
    void shouldSayAgainThatItWasThere() {
        // given
        ledger.decide(part(0, 1));
        ledger.decide(new DeleteLimit("new"));
        ledger.lose();

        // when
        ledger.decide(part(0, 1));

        // then
        assertThat(ledger.underway()).containsExactly(new FinishRename("Old", "new", ID, true, MOVED.offset()));
        assertThat(ledger.limit("new")).isNull();
    }

    /** Its old name has not heard that it arrived, and it is already on its way back. */
    @Test
    void shouldSayAgainThatItWasThereOnItsWayBack() {
        // given
        ledger.decide(part(0, 1));
        ledger.decide(new RenameLimit("new", "Old"));
        ledger.lose();

        // when
        ledger.decide(part(0, 1));

        // then
        assertThat(ledger.underway()).containsExactly(new FinishRename("Old", "new", ID, true, MOVED.offset()));
    }

    @Test
    void shouldSayThatTheNameIsTaken() {
        // given
        ledger.decide(new PutLimit("new", new Definition(1, 0, true), null, true));

        // when
        ledger.decide(part(0, 1));

        // then
        assertThat(ledger.underway()).containsExactly(new FinishRename("Old", "new", ID, false, MOVED.offset()));
        assertThat(ledger.limit("new").definition().limit()).isEqualTo(1);
    }

    @Test
    void shouldRefuseWhatIsNotWhole() {
        // given
        AdoptLimit broken =
                new AdoptLimit("new", null, 3, 2, Collections.singletonList(null), Collections.singletonList(null));

        // when
        Refused refused = (Refused) ledger.decide(broken);

        // then
        assertThat(refused.fields())
                .extracting(InvalidField::field)
                .containsExactly("moved", "part", "leases", "waiters");
    }
}
