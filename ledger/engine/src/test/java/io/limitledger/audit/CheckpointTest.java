package io.limitledger.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.limitledger.core.state.LedgerState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A replay in legs tells what one from the beginning tells, and reads less. */
class CheckpointTest {
    private static RecordedLog recorded;

    private final RecordedLog log = recorded.copy();

    @TempDir
    Path directory;

    @BeforeAll
    static void record() {
        recorded = Recording.of(3, 10, 3_000);
    }

    @Test
    void tellsInLegsWhatIsToldFromTheBeginning() throws IOException {
        long passed = 0;
        for (long instant : log.snapshots.keySet()) {
            // when
            Replay leg = leg(at(instant));

            // then
            assertThat(leg.limits()).isEqualTo(log.snapshots.get(instant).limits());
            assertThat(leg.findings().all()).isEmpty();
            assertThat(leg.events()).isEqualTo(log.events.size() - passed);
            passed = log.snapshots.get(instant).events();
        }
    }

    @Test
    void readsNothingTwice() throws IOException {
        // given
        Replay whole = leg(ReplayScope.ALL);

        // when
        Replay again = leg(ReplayScope.ALL);

        // then
        assertThat(again.limits()).isEqualTo(whole.limits());
        assertThat(again.events()).isZero();
    }

    @Test
    void tellsOneLimitFromACheckpointOfAll() throws IOException {
        // given
        leg(at(log.snapshots.firstKey()));
        Set<String> one = Set.of("limit 4");

        // when
        Replay replay = new Replay(new ReplayScope(LedgerState.NEVER, Map.of(), one), ProgressListener.NONE)
                .run(log, CheckpointReader.read(file()), null);

        // then
        assertThat(replay.limits())
                .isEqualTo(new Replay(ReplayScope.of("limit 4", LedgerState.NEVER), ProgressListener.NONE)
                        .run(log)
                        .limits());
    }

    @Test
    void isLeftAsideWhereAnEarlierTimeIsAskedFor() throws IOException {
        // given
        leg(ReplayScope.ALL);
        long earlier = log.snapshots.firstKey();

        // when
        Replay replay = leg(at(earlier));

        // then
        assertThat(replay.tooFar()).containsExactly(0);
        assertThat(replay.limits()).isEqualTo(log.snapshots.get(earlier).limits());
        assertThat(leg(ReplayScope.ALL).events()).isZero();
    }

    @Test
    void isLeftAsideWhereAnEarlierOffsetIsAskedFor() throws IOException {
        // given
        leg(ReplayScope.ALL);
        RecordedLog.Live live = log.snapshots.firstEntry().getValue();

        // when
        Replay replay = leg(new ReplayScope(LedgerState.NEVER, Map.of(0, live.events() - 1L), Set.of()));

        // then
        assertThat(replay.tooFar()).containsExactly(0);
        assertThat(replay.limits()).isEqualTo(live.limits());
    }

    @Test
    void isLeftAsideWhereItsEventsAreNotThere() throws IOException {
        // given
        leg(ReplayScope.ALL);
        log.events.subList(log.events.size() / 2, log.events.size()).clear();

        // when
        Replay replay = leg(ReplayScope.ALL);

        // then
        assertThat(replay.tooFar()).containsExactly(0);
        assertThat(replay.events()).isEqualTo(log.events.size());
    }

    @Test
    void findsAnEventThatWasChangedBehindIt() throws IOException {
        // given
        RecordedLog.Live live = log.snapshots.firstEntry().getValue();
        leg(at(log.snapshots.firstKey()));
        log.events.remove(live.events());

        // when
        Replay replay = leg(ReplayScope.ALL);

        // then
        assertThat(replay.findings().all()).isNotEmpty();
    }

    @Test
    void knowsItsLedger() throws IOException {
        // given
        leg(ReplayScope.ALL);

        // when
        Checkpoint checkpoint = CheckpointReader.read(file());

        // then
        assertThat(checkpoint.isOf(log)).isTrue();
        assertThat(new Checkpoint("another", checkpoint.partitions(), Map.of()).isOf(log))
                .isFalse();
    }

    @Test
    void isRefusedWhereItIsDamaged() throws IOException {
        // given
        leg(ReplayScope.ALL);
        Files.writeString(file(), Files.readString(file()).replaceFirst("\"number\":", "\"number\":1"));

        // then
        assertThatThrownBy(() -> CheckpointReader.read(file()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("Expected a whole checkpoint in " + file())
                .hasMessageContaining("hash");
    }

    @Test
    void isRefusedWhereItIsCutOff() throws IOException {
        // given
        leg(ReplayScope.ALL);
        List<String> lines = Files.readAllLines(file());
        Files.write(file(), lines.subList(0, lines.size() / 2));

        // then
        assertThatThrownBy(() -> CheckpointReader.read(file()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("its end is missing");
    }

    @Test
    void leavesTheOldOneWhereItIsNotFinished() throws IOException {
        // given
        leg(ReplayScope.ALL);
        String before = Files.readString(file());

        // when
        new CheckpointWriter(file(), log).close();

        // then
        assertThat(directory.toFile().list()).containsExactly("checkpoint");
        assertThat(Files.readString(file())).isEqualTo(before);
    }

    private Replay leg(ReplayScope scope) throws IOException {
        Checkpoint before = Files.exists(file()) ? CheckpointReader.read(file()) : Checkpoint.NONE;
        try (CheckpointWriter next = new CheckpointWriter(file(), log)) {
            Replay replay = new Replay(scope, ProgressListener.NONE).run(log, before, next);
            next.commit();
            return replay;
        }
    }

    private Path file() {
        return directory.resolve("checkpoint");
    }

    private static ReplayScope at(long instant) {
        return new ReplayScope(instant, Map.of(), Set.of());
    }
}
