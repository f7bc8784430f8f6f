package io.limitledger.whatif;

import static org.assertj.core.api.Assertions.assertThat;

import io.limitledger.audit.ProgressListener;
import io.limitledger.core.command.UpdateLimit.DefinitionChange;
import io.limitledger.core.law.Mix;
import io.limitledger.core.law.RandomLog;
import io.limitledger.core.rule.LogEntry;
import io.limitledger.core.state.HeapRecords;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class WhatIfLawsTest {
    private static final int SEEDS = Integer.getInteger("laws.seeds", 200);

    private static final DefinitionChange NOTHING = new DefinitionChange(null, null, null, null, null);

    @Test
    void theDefinitionThatHeldGivesWhatWas() {
        forEachLog(log -> {
            for (String limit : Mix.EVERYTHING.limits()) {
                // given
                WhatIf whatIf = WhatIf.of(limit, new HeapRecords(), log.iterator(), middle(log), log.size());

                // when
                WhatIf.Candidate same = whatIf.under(NOTHING, ProgressListener.NONE);

                // then
                assertThat(same.figures()).isEqualTo(whatIf.actual());
                assertThat(same.isAsItWas()).isTrue();
                assertThat(same.assumedHolds()).isZero();
            }
        });
    }

    @Test
    void theSameQuestionGetsTheSameAnswer() {
        forEachLog(log -> {
            // given
            DefinitionChange other = new DefinitionChange(7L, 0.5, true, null, null);

            // when
            WhatIf.Candidate once = ask(log, other);
            WhatIf.Candidate again = ask(log, other);

            // then
            assertThat(again).isEqualTo(once);
        });
    }

    private static void forEachLog(Consumer<List<LogEntry>> law) {
        for (long seed = 1; seed <= SEEDS; seed++) {
            for (Mix mix : List.of(Mix.EVERYTHING, Mix.EVERYTHING.modelled())) {
                List<LogEntry> log = RandomLog.of(seed, mix, 60);
                try {
                    law.accept(log);
                } catch (AssertionError | RuntimeException failure) {
                    throw new AssertionError("seed " + seed + " of " + mix, failure);
                }
            }
        }
    }

    private static WhatIf.Candidate ask(List<LogEntry> log, DefinitionChange change) {
        return WhatIf.of("a", new HeapRecords(), log.iterator(), middle(log), log.size())
                .under(change, ProgressListener.NONE);
    }

    /** Without the beginning and the end of a log. */
    private static Span middle(List<LogEntry> log) {
        long first = log.stream().mapToLong(LogEntry::timestamp).min().orElseThrow();
        long last = log.stream().mapToLong(LogEntry::timestamp).max().orElseThrow();
        return new Span(first + (last - first) / 10, last - (last - first) / 10 + 1);
    }
}
