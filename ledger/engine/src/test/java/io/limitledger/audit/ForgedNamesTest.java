package io.limitledger.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.limitledger.audit.Finding.Kind;
import io.limitledger.audit.RecordedLog.Entry;
import io.limitledger.core.event.Fact;
import io.limitledger.core.event.LeaseExpired;
import io.limitledger.core.event.LeaseGranted;
import io.limitledger.core.event.LimitEvent;
import io.limitledger.core.event.LimitUpdated;
import io.limitledger.core.state.Lease;
import io.limitledger.wire.CommandRecord;
import io.limitledger.wire.EventJson;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The hashes fit, since a forger has made them anew; the names do not. */
@Tag("long")
class ForgedNamesTest {
    private static final int LIMITS = 10;
    private static final int COMMANDS = 2_000;
    private static final String OTHER = "token:someone-else";

    private static RecordedLog recorded;

    private final RecordedLog log = recorded.copy();

    @BeforeAll
    static void record() {
        recorded = Recording.of(1, LIMITS, COMMANDS);
    }

    @Test
    void findsAnotherNameUnderAnEdit() {
        // given
        int place = somewhere(event -> event.fact() instanceof LimitUpdated && event.by() != null);

        // when
        forge(place, OTHER, log.event(place).fact());

        // then
        Finding finding = foundAt(place, Kind.NOT_AS_DECIDED);
        assertThat(finding.message()).contains("by: expected", "found \"" + OTHER + "\"");
    }

    @Test
    void findsAnEditWhoseNameIsGone() {
        // given
        int place = somewhere(event -> event.fact() instanceof LimitUpdated && event.by() != null);

        // when
        forge(place, null, log.event(place).fact());

        // then
        assertThat(foundAt(place, Kind.NOT_AS_DECIDED).message()).contains("by: expected", "found nothing");
    }

    @Test
    void findsALeaseOfAnotherOwner() {
        // given
        int place = somewhere(event -> event.fact() instanceof LeaseGranted && event.by() != null);
        LeaseGranted granted = (LeaseGranted) log.event(place).fact();

        // when
        forge(place, log.event(place).by(), ownedByOther(granted));

        // then
        foundAt(place, Kind.NOT_AS_DECIDED);
        foundAt(place, Kind.IMPOSSIBLE);
    }

    /** The commands are long gone: what is impossible is found from the events alone. */
    @Test
    void findsWhatIsImpossibleWithoutTheCommands() {
        // given
        int granted = somewhere(event -> event.fact() instanceof LeaseGranted);
        int expired = somewhere(event -> event.fact() instanceof LeaseExpired);
        log.commands.clear();

        // when
        forge(granted, log.event(granted).by(), ownedByOther((LeaseGranted)
                log.event(granted).fact()));
        forge(expired, OTHER, log.event(expired).fact());

        // then
        assertThat(foundAt(granted, Kind.IMPOSSIBLE).message()).contains("owner");
        assertThat(foundAt(expired, Kind.IMPOSSIBLE).message()).contains("no one");
    }

    @Test
    void findsAForgedNameOnACommand() {
        // given
        int place = somewhere(event -> event.fact() instanceof LimitUpdated && event.by() != null);
        int offset = (int) log.event(place).offset();
        Entry command = log.commands.get(offset);

        // when
        log.commands.set(offset, command.withHeader(CommandRecord.BY, OTHER));

        // then
        foundAt(place, Kind.NOT_AS_DECIDED);
    }

    private static LeaseGranted ownedByOther(LeaseGranted granted) {
        Lease lease = granted.lease();
        Lease other = new Lease(
                lease.claim().ownedBy(OTHER),
                lease.takenMicros(),
                lease.drainMark(),
                lease.acquiredAt(),
                lease.startsAt(),
                lease.expiresAt(),
                lease.handedTo(),
                lease.fence(),
                lease.spend(),
                lease.used());
        return new LeaseGranted(other, granted.waitedMillis(), granted.bucket(), granted.turn());
    }

    private void forge(int place, @Nullable String by, Fact fact) {
        LimitEvent event = log.event(place);
        LimitEvent forged = new LimitEvent(
                event.limit(),
                event.number(),
                event.at(),
                event.rules(),
                event.offset(),
                event.aheadMillis(),
                by,
                fact);
        log.events.set(place, log.events.get(place).with(EventJson.write(forged)));
        log.rehash();
    }

    private Finding foundAt(int place, Kind kind) {
        return new Verification(log, List.of(), ProgressListener.NONE)
                .run().findings().all().stream()
                        .filter(finding -> finding.kind() == kind && finding.offset() == place)
                        .findFirst()
                        .orElseThrow();
    }

    /** In the second half, where every limit has some history, and some to come. */
    private int somewhere(Predicate<LimitEvent> which) {
        return IntStream.range(log.events.size() / 2, log.events.size())
                .filter(place -> which.test(log.event(place)))
                .findFirst()
                .orElseThrow();
    }
}
