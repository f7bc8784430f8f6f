package io.limitledger.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.limitledger.core.command.UpdateLimit.DefinitionChange;
import io.limitledger.core.event.Fact;
import io.limitledger.core.event.LeaseDenied;
import io.limitledger.core.event.LeaseExpired;
import io.limitledger.core.event.LeaseGranted;
import io.limitledger.core.event.LimitEvent;
import io.limitledger.whatif.Figures;
import io.limitledger.whatif.Figures.Point;
import io.limitledger.whatif.Span;
import io.limitledger.whatif.WhatIf;
import io.limitledger.wire.EventJson;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What a what-if says of the past is what the ledger's own processor wrote into the events. */
class WhatWasTest {
    private static final DefinitionChange NOTHING = new DefinitionChange(null, null, null, null, null);

    @Test
    void figuresOfAPartOfTheLogAreThoseOfItsEvents() throws Exception {
        for (long seed = 1; seed <= 8; seed++) {
            // given
            RecordedLog log = seed % 2 == 0 ? Recording.of(seed, 1, 3_000) : Recording.modelled(seed, 1, 3_000);
            Span span = middle(log);

            for (String limit : limits(log)) {
                // when
                WhatIf whatIf = WhatIf.of(limit, log, span, 100_000, ProgressListener.NONE);

                // then
                Figures figures = whatIf.actual();
                assertThat(figures.curve().stream().mapToLong(Point::granted).sum())
                        .as("grants of %s, seed %d", limit, seed)
                        .isEqualTo(count(log, limit, span, LeaseGranted.class));
                assertThat(figures.denials())
                        .as("denials of %s, seed %d", limit, seed)
                        .isEqualTo(count(log, limit, span, LeaseDenied.class));
                assertThat(figures.expired())
                        .as("expiries of %s, seed %d", limit, seed)
                        .isEqualTo(count(log, limit, span, LeaseExpired.class));
                assertThat(whatIf.under(NOTHING, ProgressListener.NONE).figures())
                        .isEqualTo(figures);
            }
        }
    }

    private static Span middle(RecordedLog log) {
        long first = log.commands.get(0).timestamp();
        long last = log.commands.get(log.commands.size() - 1).timestamp();
        return new Span(first + (last - first) / 2, last);
    }

    private static Set<String> limits(RecordedLog log) throws Exception {
        Set<String> limits = new TreeSet<>();
        for (RecordedLog.Entry entry : log.events) {
            limits.add(EventJson.read(entry.value()).limit());
        }
        return limits;
    }

    private static long count(RecordedLog log, String limit, Span span, Class<? extends Fact> kind) throws Exception {
        long count = 0;
        for (RecordedLog.Entry entry : log.events) {
            LimitEvent event = EventJson.read(entry.value());
            boolean isWithin = span.from() <= event.at() && event.at() < span.to();
            count += isWithin && event.limit().equals(limit) && kind.isInstance(event.fact()) ? 1 : 0;
        }
        return count;
    }
}
