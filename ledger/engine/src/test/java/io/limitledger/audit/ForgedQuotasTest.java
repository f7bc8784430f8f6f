package io.limitledger.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.limitledger.audit.Finding.Kind;
import io.limitledger.core.event.Fact;
import io.limitledger.core.event.LeaseGranted;
import io.limitledger.core.event.LeaseSettled;
import io.limitledger.core.event.LimitEvent;
import io.limitledger.core.state.Claim;
import io.limitledger.core.state.Lease;
import io.limitledger.core.state.Slice;
import io.limitledger.core.state.Spend;
import io.limitledger.core.state.Terms;
import io.limitledger.core.state.Window;
import io.limitledger.core.state.Windows;
import io.limitledger.wire.EventJson;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A log of limits with quotas, keys, orders and settlements is verified like any other; what is forged of them is found. */
@Tag("long")
class ForgedQuotasTest {
    private static final int LIMITS = 10;
    private static final int COMMANDS = 3_000;

    private static RecordedLog recorded;

    private final RecordedLog log = recorded.copy();

    @BeforeAll
    static void record() {
        recorded = Recording.modelled(1, LIMITS, COMMANDS);
    }

    @Test
    void findsNothingInALedgerThatIsRight() {
        for (long seed = 1; seed <= 10; seed++) {
            // given
            RecordedLog right = Recording.modelled(seed, LIMITS, 1_000);
            RecordedLog withoutOldCommands = right.copy();
            withoutOldCommands.commands.subList(0, 300 + (int) seed * 20).clear();

            // then
            assertThat(verify(right)).as("seed %s", seed).isEmpty();
            assertThat(verify(withoutOldCommands))
                    .as("seed %s, old commands gone", seed)
                    .isEmpty();
        }
    }

    @Test
    void findsAForgedSettlement() {
        // given
        int place = somewhere(fact -> fact instanceof LeaseSettled);
        LeaseSettled settled = (LeaseSettled) log.event(place).fact();
        Lease lease = settled.lease();
        Lease less = lease.settled(lease.usedSlots() + 1, lease.takenMicros(), lease.spend());

        // when
        forge(place, new LeaseSettled(less, settled.freedMicros(), settled.bucket(), settled.reservations()));

        // then
        assertFoundAt(place);
    }

    @Test
    void findsAForgedKey() {
        // given
        int place = somewhere(fact ->
                fact instanceof LeaseGranted granted && granted.lease().claim().key() != null);
        LeaseGranted granted = (LeaseGranted) log.event(place).fact();
        Lease lease = granted.lease();
        Terms terms = lease.claim().terms();
        Claim claim = lease.claim().on(new Terms("another", terms.priority(), terms.upTo(), terms.onExpiry()));

        // when
        forge(place, with(granted, claim, lease.spend()));

        // then
        assertFoundAt(place);
    }

    @Test
    void findsAMovedWindow() {
        // given
        int place = somewhere(fact -> fact instanceof LeaseGranted granted
                && granted.lease().spend() != null
                && !granted.lease().spend().windows().all().isEmpty());
        LeaseGranted granted = (LeaseGranted) log.event(place).fact();
        Lease lease = granted.lease();
        Spend spend = lease.spend();
        Spend moved = new Spend(
                moved(spend.windows()), spend.key(), spend.keyMicros(), spend.keyDrainMark(), spend.keyWindows());

        // when
        forge(place, with(granted, lease.claim(), moved));

        // then
        assertFoundAt(place);
    }

    private static Windows moved(Windows windows) {
        List<Window> all = windows.all().stream()
                .map(window -> Window.of(window.slices().stream()
                        .map(slice -> new Slice(slice.until() - 1_000, slice.slots()))
                        .toList()))
                .toList();
        return new Windows(all, windows.epoch());
    }

    private static LeaseGranted with(LeaseGranted granted, Claim claim, Spend spend) {
        Lease lease = granted.lease();
        Lease other = new Lease(
                claim,
                lease.takenMicros(),
                lease.drainMark(),
                lease.acquiredAt(),
                lease.startsAt(),
                lease.expiresAt(),
                lease.handedTo(),
                lease.fence(),
                spend,
                lease.used());
        return new LeaseGranted(other, granted.waitedMillis(), granted.bucket(), granted.turn());
    }

    private void forge(int place, Fact fact) {
        LimitEvent event = log.event(place);
        LimitEvent forged = new LimitEvent(
                event.limit(),
                event.number(),
                event.at(),
                event.rules(),
                event.offset(),
                event.aheadMillis(),
                event.by(),
                fact);
        log.events.set(place, log.events.get(place).with(EventJson.write(forged)));
        log.rehash();
    }

    private void assertFoundAt(int place) {
        assertThat(verify(log)).anySatisfy(finding -> {
            assertThat(finding.kind()).isEqualTo(Kind.NOT_AS_DECIDED);
            assertThat(finding.offset()).isEqualTo(place);
        });
    }

    private static List<Finding> verify(RecordedLog log) {
        return new Verification(log, List.of(), ProgressListener.NONE)
                .run()
                .findings()
                .all();
    }

    /** In the second half, where every limit has some history, and some to come. */
    private int somewhere(Predicate<Fact> which) {
        return IntStream.range(log.events.size() / 2, log.events.size())
                .filter(place -> which.test(log.event(place).fact()))
                .findFirst()
                .orElseThrow();
    }
}
