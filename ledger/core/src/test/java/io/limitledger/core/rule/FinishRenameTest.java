package io.limitledger.core.rule;

import static org.assertj.core.api.Assertions.assertThat;

import io.limitledger.core.command.FinishRename;
import io.limitledger.core.command.PutLimit;
import io.limitledger.core.command.RenameLimit;
import io.limitledger.core.reply.Settled;
import io.limitledger.core.state.Definition;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The near end of a move. */
class FinishRenameTest {
    private static final UUID ID = new UUID(7, 7);

    private final TwoPartitions ledger = new TwoPartitions();

    @BeforeEach
    void aLimit() {
        ledger.decide(new PutLimit("Old", new Definition(1, 0, true), ID, true));
    }

    @Test
    void shouldLeaveForGood() {
        // given
        ledger.decide(new RenameLimit("Old", "new"));

        // when
        ledger.decide(new FinishRename("Old", "new", ID, true, null));

        // then
        assertThat(ledger.limit("Old")).isNull();
    }

    @Test
    void shouldStay() {
        // given
        ledger.decide(new RenameLimit("Old", "new"));

        // when
        ledger.decide(new FinishRename("Old", "new", ID, false, null));

        // then
        assertThat(ledger.limit("Old").move()).isNull();
    }

    @Test
    void shouldPassOverWhatIsMeantForAnother() {
        // given
        ledger.decide(new RenameLimit("Old", "new"));

        // when
        ledger.decide(new FinishRename("Old", "new", UUID.randomUUID(), true, null));
        ledger.decide(new FinishRename("Old", "other", ID, true, null));

        // then
        assertThat(ledger.limit("Old").move()).isNotNull();
    }

    /** It may be adopted by then: the name was taken at first, and free when it was sent again. */
    @Test
    void shouldPassOverTheAnswerToWhatWasSentBefore() {
        // given
        ledger.decide(new RenameLimit("Old", "new"));
        long first = ledger.limit("Old").offset();
        ledger.decide(new RenameLimit("Old", "new"));

        // when
        ledger.decide(new FinishRename("Old", "new", ID, false, first));

        // then
        assertThat(ledger.limit("Old").move()).isNotNull();
    }

    @Test
    void shouldPassOverWhatIsLateFromAnEarlierMove() {
        // given
        ledger.decide(new RenameLimit("Old", "new"));
        long first = ledger.limit("Old").offset();
        ledger.deliver();
        ledger.decide(new RenameLimit("new", "Old"));
        ledger.deliver();
        ledger.decide(new RenameLimit("Old", "new"));

        // when
        ledger.decide(new FinishRename("Old", "new", ID, true, first));

        // then
        assertThat(ledger.limit("Old").move()).isNotNull();
    }

    @Test
    void shouldIgnoreALimitThatDoesNotMoveOrDoesNotExist() {
        // when
        ledger.decide(new FinishRename("Old", "new", ID, true, null));

        // then
        assertThat(ledger.limit("Old")).isNotNull();
        assertThat(ledger.decide(new FinishRename("Nothing", "new", ID, true, null)))
                .isEqualTo(new Settled("Nothing"));
    }
}
