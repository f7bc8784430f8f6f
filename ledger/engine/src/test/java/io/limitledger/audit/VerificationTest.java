package io.limitledger.audit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.limitledger.audit.Finding.Kind;
import io.limitledger.audit.RecordedLog.Entry;
import io.limitledger.core.event.LeaseGranted;
import io.limitledger.core.event.LimitDeleted;
import io.limitledger.core.event.LimitEvent;
import io.limitledger.core.state.SealedLimit;
import io.limitledger.wire.EventJson;
import io.limitledger.wire.StateKey;
import io.limitledger.wire.StateRecord;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A ledger that is as it must be has no findings; each way to tamper with it is found, and where. */
@Tag("long")
class VerificationTest {
    private static final int LIMITS = 20;
    private static final int COMMANDS = 6_000;

    private static RecordedLog recorded;

    private final RecordedLog log = recorded.copy();

    @BeforeAll
    static void record() {
        recorded = Recording.of(1, LIMITS, COMMANDS);
    }

    @Test
    void findsNothingInALedgerThatIsRight() {
        // when
        Verification verification = verify(List.of());

        // then
        assertThat(verification.findings().all()).isEmpty();
        assertThat(verification.events()).isEqualTo(log.events.size());
        assertThat(verification.commands()).isEqualTo(lastDecided() + 1);
    }

    @Test
    void findsNothingWhereOldCommandsAreGone() {
        // given
        log.commands.subList(0, COMMANDS / 2).clear();

        // then
        assertThat(verify(List.of()).findings().all()).isEmpty();
    }

    @Test
    void findsNothingWhereTheClockSteps() {
        for (long seed = 1; seed <= 10; seed++) {
            // given
            RecordedLog stepping = Recording.stepping(seed, LIMITS, 600);
            RecordedLog withoutOldCommands = stepping.copy();
            withoutOldCommands.commands.subList(0, 200 + (int) seed * 20).clear();

            // then
            assertThat(verify(stepping).findings().all()).as("seed %s", seed).isEmpty();
            assertThat(verify(withoutOldCommands).findings().all())
                    .as("seed %s, old commands gone", seed)
                    .isEmpty();
        }
    }

    private static Verification verify(RecordedLog log) {
        return new Verification(log, List.of(), ProgressListener.NONE).run();
    }

    @Test
    void findsNothingWhereTheStateLagsBehind() {
        // given
        List<Head> heads = verify(List.of()).heads();

        // then
        assertThat(verify(heads).findings().all()).isEmpty();
    }

    @Test
    void findsADeletedEvent() {
        // given
        int place = somewhere(event -> !(event.fact() instanceof LimitDeleted));
        log.events.remove(place);

        // then
        assertFound(Kind.MISSING);
        assertFound(Kind.NOT_AS_DECIDED);
    }

    @Test
    void findsReorderedEvents() {
        // given
        int place = somewhere(event -> !(event.fact() instanceof LimitDeleted));
        String limit = event(place).limit();
        int next = IntStream.range(place + 1, log.events.size())
                .filter(other -> event(other).limit().equals(limit))
                .findFirst()
                .orElseThrow();
        Collections.swap(log.events, place, next);

        // then
        assertFoundAt(Kind.MISSING, place);
        assertFoundAt(Kind.OUT_OF_ORDER, next);
    }

    @Test
    void findsAnEditedEvent() {
        // given
        int place = somewhere(LeaseGranted.class);
        log.events.set(place, edited(place, "\"slots\":", "\"slots\":1"));

        // then
        assertFoundAt(Kind.ALTERED, place);
        assertFoundAt(Kind.NOT_AS_DECIDED, place);
    }

    @Test
    void findsADuplicate() {
        // given
        int place = somewhere(event -> !(event.fact() instanceof LimitDeleted));
        log.events.add(place + 1, log.events.get(place));

        // then
        assertFoundAt(Kind.OUT_OF_ORDER, place + 1);
    }

    @Test
    void findsAnEditOfTheState() {
        // given
        int place = IntStream.range(0, log.state.size())
                .filter(entry -> key(entry).kind() == StateKey.Kind.LIMIT)
                .findFirst()
                .orElseThrow();
        SealedLimit sealed = StateRecord.limit(key(place), log.state.get(place).value());
        log.state.set(
                place,
                log.state
                        .get(place)
                        .with(StateRecord.write(
                                key(place),
                                sealed.with(
                                        sealed.limit().withLeases(sealed.limit().leases() + 1)))));

        // then
        assertFound(Kind.STATE_DIFFERS);
    }

    @Test
    void findsALimitThatIsGoneFromTheState() {
        // given
        log.state.removeIf(entry ->
                StateKey.parse(new String(entry.key(), UTF_8)).kind() == StateKey.Kind.LIMIT
                        && new String(entry.key(), UTF_8).contains("limit 1"));

        // then
        assertFound(Kind.STATE_DIFFERS);
    }

    @Test
    void findsAForgedGrantWhoseHashesFit() {
        // given
        int place = somewhere(LeaseGranted.class);
        LimitEvent granted = event(place);
        log.events.add(
                place + 1,
                log.events
                        .get(place)
                        .with(EventJson.write(new LimitEvent(
                                granted.limit(),
                                granted.number() + 1,
                                granted.at(),
                                granted.rules(),
                                granted.offset(),
                                granted.fact()))));
        renumber(place + 2, granted.limit());
        log.rehash();

        // then
        assertFoundAt(Kind.NOT_AS_DECIDED, place + 1);
        assertFoundAt(Kind.IMPOSSIBLE, place + 1);
    }

    @Test
    void findsMovedTimeWhoseHashesFit() {
        // given
        int place = somewhere(event -> !(event.fact() instanceof LimitDeleted));
        LimitEvent event = event(place);
        log.events.set(
                place,
                log.events
                        .get(place)
                        .with(EventJson.write(new LimitEvent(
                                event.limit(),
                                event.number(),
                                event.at() - 1,
                                event.rules(),
                                event.offset(),
                                event.fact()))));
        log.rehash();

        // then
        assertFoundAt(Kind.NOT_AS_DECIDED, place);
    }

    @Test
    void findsSwappedLimitsWhoseHashesFit() {
        // given
        log.events.replaceAll(entry -> swapped(entry, "limit 3", "limit 4"));
        log.rehash();

        // then
        assertFound(Kind.NOT_AS_DECIDED);
        assertFound(Kind.STATE_DIFFERS);
    }

    @Test
    void findsATruncatedLog() {
        // given
        List<Head> kept = verify(List.of()).heads();
        log.events.subList(log.events.size() - 50, log.events.size()).clear();

        // then
        assertFound(Kind.STATE_DIFFERS);
        assertThat(verify(kept).findings().all()).extracting(Finding::kind).contains(Kind.REWRITTEN);
    }

    @Test
    void findsTheHeadsThatWereKeptInAMirrorWithOtherOffsets() {
        // given
        List<Head> kept = verify(List.of()).heads().stream()
                .map(head -> new Head(head.limit(), head.partition(), head.offset() + 7, head.number(), head.hash()))
                .toList();

        // when
        Verification verification = verify(kept);

        // then
        assertThat(verification.findings().all()).isEmpty();
        assertThat(verification.keptHeads()).isEqualTo(kept.size()).isPositive();
    }

    @Test
    void goesOnBehindRecordsThatNoLedgerWrote() {
        // given: anything at all, in each topic, among the records of the ledger
        Random random = new Random(1);
        List<byte[]> anything = Stream.of(
                        "",
                        "{}",
                        "null",
                        "no JSON",
                        "[",
                        "{\"type\":\"LimitCreated\",\"fact\":{}}",
                        "limit/a",
                        "limit",
                        "lease/1/2",
                        "clock",
                        "[".repeat(100_000),
                        "{\"type\":\"PutLimit\"}")
                .map(text -> text.getBytes(UTF_8))
                .toList();
        List<byte[]> keys = new ArrayList<>(anything);
        List<byte[]> values = new ArrayList<>(anything);
        keys.add(null);
        values.add(null);
        values.add(new byte[] {(byte) 0xff, 0});
        for (byte[] key : keys) {
            for (byte[] value : values) {
                Entry entry = new Entry(0, 1, key, value, new org.apache.kafka.common.header.internals.RecordHeaders());
                log.events.add(random.nextInt(log.events.size() + 1), entry);
                log.state.add(random.nextInt(log.state.size() + 1), entry);
            }
        }

        // when
        Verification verification = verify(List.of());

        // then
        assertThat(verification.events()).isEqualTo(log.events.size());
        assertThat(verification.findings().all())
                .allSatisfy(finding ->
                        assertThat(finding.toString()).hasSizeLessThan(600).doesNotContain("\n"))
                .extracting(Finding::kind)
                .contains(Kind.UNREADABLE, Kind.STATE_DIFFERS)
                .doesNotContain(Kind.NOT_AS_DECIDED, Kind.MISSING, Kind.ALTERED);
        assertThat(verification.findings().all())
                .filteredOn(finding -> finding.kind() == Kind.STATE_DIFFERS)
                .allSatisfy(finding -> assertThat(finding.offset()).isNotNegative());
    }

    @Test
    void saysOnOneLineInWhichFieldAnEventDiffers() {
        // given
        int place = somewhere(LeaseGranted.class);
        log.events.set(place, edited(place, "\"slots\":", "\"slots\":1"));

        // then
        assertThat(verify(List.of()).findings().all())
                .filteredOn(finding -> finding.kind() == Kind.NOT_AS_DECIDED && finding.offset() == place)
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.message())
                            .contains("fact.lease.slots: expected ")
                            .hasSizeLessThan(300);
                    assertThat(finding.expected()).contains("LeaseGranted");
                });
    }

    @Test
    void findsAHistoryRewrittenWithItsHashesAndItsStateByTheHeadsThatWereKept() {
        // given
        List<Head> kept = verify(List.of()).heads();
        int place = somewhere(LeaseGranted.class);
        log.events.set(place, edited(place, "\"waitedSeconds\":", "\"waitedSeconds\":1"));
        log.rehash();
        log.commands.clear();
        log.state.clear();

        // then
        assertThat(verify(kept).findings().all())
                .filteredOn(finding -> finding.kind() == Kind.REWRITTEN)
                .extracting(Finding::limit)
                .containsExactly(event(place).limit());
    }

    private Verification verify(List<Head> kept) {
        return new Verification(log, kept, ProgressListener.NONE).run();
    }

    private void assertFound(Kind kind) {
        assertThat(verify(List.of()).findings().all()).extracting(Finding::kind).contains(kind);
    }

    private void assertFoundAt(Kind kind, long offset) {
        assertThat(verify(List.of()).findings().all()).anySatisfy(finding -> {
            assertThat(finding.kind()).isEqualTo(kind);
            assertThat(finding.offset()).isEqualTo(offset);
        });
    }

    private int somewhere(Class<?> fact) {
        return somewhere(event -> fact.isInstance(event.fact()));
    }

    /** In the second half, where every limit has some history, and some to come. */
    private int somewhere(Predicate<LimitEvent> which) {
        return IntStream.range(log.events.size() / 2, log.events.size())
                .filter(place -> which.test(event(place)))
                .findFirst()
                .orElseThrow();
    }

    private LimitEvent event(int place) {
        return log.event(place);
    }

    private long lastDecided() {
        return event(log.events.size() - 1).offset();
    }

    private StateKey key(int place) {
        return StateKey.parse(new String(log.state.get(place).key(), UTF_8));
    }

    /** Puts a digit in front of a number. */
    private Entry edited(int place, String before, String after) {
        String value = new String(log.events.get(place).value(), UTF_8);
        return log.events.get(place).with(value.replaceFirst(before, after).getBytes(UTF_8));
    }

    private static Entry swapped(Entry entry, String one, String other) {
        String key = new String(entry.key(), UTF_8);
        if (!key.equals(one) && !key.equals(other)) {
            return entry;
        }
        String swapped = key.equals(one) ? other : one;
        String value = new String(entry.value(), UTF_8).replace('"' + key + '"', '"' + swapped + '"');
        return new Entry(
                entry.offset(), entry.timestamp(), swapped.getBytes(UTF_8), value.getBytes(UTF_8), entry.headers());
    }

    /** Makes room for one more event of a limit. */
    private void renumber(int from, String limit) {
        for (int place = from; place < log.events.size(); place++) {
            LimitEvent event = event(place);
            if (event.limit().equals(limit)) {
                if (event.number() == 1) {
                    return;
                }
                log.events.set(
                        place,
                        log.events
                                .get(place)
                                .with(EventJson.write(new LimitEvent(
                                        limit,
                                        event.number() + 1,
                                        event.at(),
                                        event.rules(),
                                        event.offset(),
                                        event.fact()))));
            }
        }
    }
}
