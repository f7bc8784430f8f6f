package io.limitledger.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.limitledger.core.command.AcquireLease;
import io.limitledger.core.command.LimitCommand;
import io.limitledger.core.event.LeaseGranted;
import io.limitledger.core.event.LimitEvent;
import io.limitledger.core.reply.Granted;
import io.limitledger.core.reply.Refused;
import io.limitledger.core.state.Bucket;
import io.limitledger.core.state.Claim;
import io.limitledger.core.state.EndedLease;
import io.limitledger.core.state.Lease;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Whatever bytes come, the reader either refuses them or makes a command that can be written and read again, alone and
 * within the records that carry its parts. Anything else would stop the ledger at that record, for ever.
 */
@Timeout(3_600)
class CommandJsonFuzzTest {
    private static final int INPUTS = Integer.getInteger("fuzz.inputs", 5_000);
    private final Mutations mutations = Mutations.ofCommands(new Random(20261120));

    @Test
    void shouldRefuseOrReadWhateverComes() {
        int read = 0;
        for (int i = 0; i < INPUTS; i++) {
            // given
            byte[] input = mutations.next();

            // when
            boolean isCommand = refusesOrReads(input);

            // then
            read += isCommand ? 1 : 0;
        }
        assertThat(read).as("some must be commands still").isBetween(INPUTS / 100, INPUTS / 2);
    }

    private static boolean refusesOrReads(byte[] input) {
        try {
            LimitCommand command = CommandJson.read(input);
            assertThat(CommandJson.read(CommandJson.write(command))).isEqualTo(command);
            assertThat(command.invalidFields()).doesNotContainNull();
            // Without a limit it is refused before anything is granted.
            if (command instanceof AcquireLease acquire && acquire.limit() != null) {
                assertCanBeCarried(acquire);
            }
            return true;
        } catch (UnreadableRecordException e) {
            assertThat(e.reason().length()).isBetween(20, 1_100);
            ReplyJson.write(new Refused(Refused.Reason.UNREADABLE_COMMAND, e.reason(), List.of()));
            return false;
        } catch (Throwable e) {
            throw new AssertionError("Expected a refusal of " + new String(input, UTF_8), e);
        }
    }

    private static void assertCanBeCarried(AcquireLease acquire) throws UnreadableRecordException {
        Lease lease = new Lease(
                new Claim(acquire.leaseId(), acquire.limit(), 1, 0, acquire.holder(), acquire.siblings()),
                0,
                0,
                1,
                1,
                1,
                null);
        EndedLease ended = new EndedLease(acquire.leaseId(), "a", EndedLease.How.UNLEASED, 1, lease);
        LimitEvent event = new LimitEvent("a", 1, 1, 1, 1, new LeaseGranted(lease, 0, Bucket.empty(1)));
        assertThat(StateJson.read(StateJson.write(ended), EndedLease.class)).isEqualTo(ended);
        assertThat(EventJson.read(EventJson.write(event))).isEqualTo(event);
        assertThat(ReplyJson.read(ReplyJson.write(new Granted(lease)))).isEqualTo(new Granted(lease));
    }
}
