package io.limitledger.core.rule;

import static org.assertj.core.api.Assertions.assertThat;

import io.limitledger.core.command.AcquireLease;
import io.limitledger.core.command.DefineKey;
import io.limitledger.core.command.DeleteLimit;
import io.limitledger.core.command.PutLimit;
import io.limitledger.core.command.RenameLimit;
import io.limitledger.core.reply.Denied;
import io.limitledger.core.reply.Granted;
import io.limitledger.core.reply.Reply;
import io.limitledger.core.state.Claim;
import io.limitledger.core.state.Definition;
import io.limitledger.core.state.KeyBounds;
import io.limitledger.core.state.KeyOverride;
import io.limitledger.core.state.Queueing;
import io.limitledger.core.state.Quota;
import io.limitledger.core.state.SlidingPeriod;
import io.limitledger.core.state.Terms;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What was taken within a time, the keys and the fence go with a limit that gets another name. */
class RenameKeepsAllTest {
    private static final Definition DEFINITION = new Definition(
            1_000,
            0,
            true,
            List.of(new Quota(100, new SlidingPeriod(60))),
            new KeyBounds(1, 0, List.of()),
            new Queueing(Queueing.Order.FAIR, null, Queueing.WhenFull.REFUSE));

    private final TwoPartitions partitions = new TwoPartitions();
    private long ids;

    @Test
    void keepsWindowsKeysAndOverrides() {
        // given
        partitions.decide(new PutLimit("old", DEFINITION, null, true));
        for (int key = 0; key < 45; key++) {
            partitions.decide(acquire("old", "key " + key, 0));
        }
        partitions.decide(new DefineKey("old", "key 1", new KeyOverride(3L, null, null, null, 2.0)));
        partitions.decide(acquire("old", "key 2", 60_000));

        // when
        partitions.decide(new RenameLimit("old", "New"));
        partitions.deliver();

        // then
        assertThat(partitions.stateOf("New").keys("New")).isEqualTo(45);
        assertThat(partitions.stateOf("old").keys("old")).isZero();
        assertThat(Objects.requireNonNull(partitions.limit("New"))
                        .usage()
                        .windows()
                        .all()
                        .get(0)
                        .taken())
                .isEqualTo(45);
        assertThat(partitions.decide(acquire("New", "key 0", 0))).isInstanceOf(Denied.class);
        assertThat(partitions.decide(acquire("New", "key 1", 0))).isInstanceOf(Granted.class);
        assertThat(partitions.stateOf("New").waitingInGroup("New", "key 2")).isEqualTo(1);
    }

    @Test
    void theFenceGoesOnWhereverTheNameIsUsed() {
        // given
        partitions.decide(new PutLimit("old", DEFINITION, null, true));
        long first = fence(partitions.decide(acquire("old", "a", 0)));

        // when
        partitions.decide(new RenameLimit("old", "New"));
        partitions.deliver();
        long renamed = fence(partitions.decide(acquire("New", "b", 0)));
        partitions.decide(new DeleteLimit("New"));
        partitions.decide(new PutLimit("New", DEFINITION, null, true));
        long again = fence(partitions.decide(acquire("New", "c", 0)));

        // then
        assertThat(renamed).isGreaterThan(first);
        assertThat(again).isGreaterThan(renamed);
    }

    /** The partition of the new name has had far fewer commands than that of the old one. */
    @Test
    void theFenceGoesOnWhereOffsetsAreLower() {
        // given
        partitions.skipOffsets("old", 1_000_000);
        partitions.decide(new PutLimit("old", DEFINITION, null, true));
        long first = fence(partitions.decide(acquire("old", "a", 0)));

        // when
        partitions.decide(new RenameLimit("old", "New"));
        partitions.deliver();
        long renamed = fence(partitions.decide(acquire("New", "b", 0)));
        partitions.decide(new DeleteLimit("New"));
        partitions.decide(new PutLimit("New", DEFINITION, null, true));
        long again = fence(partitions.decide(acquire("New", "c", 0)));

        // then
        assertThat(renamed).isGreaterThan(first);
        assertThat(again).isGreaterThan(renamed);
    }

    private static long fence(Reply reply) {
        return Objects.requireNonNull(((Granted) reply).lease().fence());
    }

    private AcquireLease acquire(String limit, String key, long waitMillis) {
        Terms terms = new Terms(key, 0, null, Terms.OnExpiry.CHARGE);
        Claim claim = new Claim(new UUID(0, ++ids), limit, 1, 60_000, null, List.of(), terms);
        return new AcquireLease(claim, waitMillis, null);
    }
}
