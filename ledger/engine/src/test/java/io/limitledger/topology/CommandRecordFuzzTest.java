package io.limitledger.topology;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.apache.kafka.streams.processor.api.Record;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Whatever stands in the commands topic, the ledger decides it or says why it is no command, goes on, and does the same
 * when it decides again. {@code -Dfuzz.inputs=1000000} tries harder; {@code -Dfuzz.seed=7 -Dfuzz.inputs=1} repeats the log
 * of a seed.
 */
@Timeout(3_600)
class CommandRecordFuzzTest {
    private static final int INPUTS = Integer.getInteger("fuzz.inputs", 5_000);
    private static final long FIRST_SEED = Long.getLong("fuzz.seed", 1);
    private static final int RECORDS_PER_LOG = 200;

    @Test
    void shouldDecideOrRejectWhateverComesAndDecideItAgainAlike() {
        long decided = 0;
        long rejected = 0;
        for (long seed = FIRST_SEED; decided + rejected < INPUTS; seed++) {
            // given
            List<Record<byte[], byte[]>> log = FuzzedLog.of(seed, RECORDS_PER_LOG);

            // when
            FuzzedRun run = FuzzedRun.withRestarts(seed, log);
            FuzzedRun again = FuzzedRun.straight(seed, log);

            // then
            assertThat(again.outputs()).as("seed %d decided again", seed).isEqualTo(run.outputs());
            run.assertGoesOn();
            decided += run.decided();
            rejected += run.rejected();
        }
        assertThat(decided).as("enough of both").isBetween((decided + rejected) / 4, (decided + rejected) * 9 / 10);
    }
}
