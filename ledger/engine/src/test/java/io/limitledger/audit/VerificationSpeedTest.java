package io.limitledger.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** How fast a ledger is verified, by the processor time that it takes: so a machine that is busy with other things matters little. */
@Tag("measurements")
class VerificationSpeedTest {
    private static final int LIMITS = 500;
    private static final int COMMANDS = 200_000;
    private static final long LEAST_EVENTS_PER_SECOND = 50_000;

    @Test
    void verifiesFiftyThousandEventsASecondOnOneCore() {
        // given
        RecordedLog log = Recording.of(1, LIMITS, COMMANDS);
        verify(log);
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long beforeNanos = threads.getCurrentThreadCpuTime();
        long sinceNanos = System.nanoTime();

        // when
        Verification verification = verify(log);

        // then
        double cpuSeconds = (threads.getCurrentThreadCpuTime() - beforeNanos) / 1e9;
        double seconds = (System.nanoTime() - sinceNanos) / 1e9;
        System.out.printf(
                "verified %d events and %d commands in %.2f s, of which the processor worked %.2f s: %.0f events/s a core%n",
                verification.events(),
                verification.commands(),
                seconds,
                cpuSeconds,
                verification.events() / cpuSeconds);
        assertThat(verification.findings().all()).isEmpty();
        assertThat(verification.events() / cpuSeconds).isGreaterThan(LEAST_EVENTS_PER_SECOND);
    }

    private static Verification verify(RecordedLog log) {
        return new Verification(log, List.of(), ProgressListener.NONE).run();
    }
}
