package io.limitledger.gateway.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.limitledger.gateway.process.ProgressPrinter;
import io.limitledger.gateway.process.Shutdown;
import io.limitledger.topics.LedgerTopics;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every workload runs against a real server; how fast is not asked. */
@Tag("broker")
class BenchRunTest {
    private static final BenchPlan PLAN = new BenchPlan(
            EnumSet.allOf(BenchTransport.class), List.of(new Load.Closed(1), new Load.Closed(4)), 0.2, 0, 1, 2_000);
    private static final ProgressPrinter QUIET =
            new ProgressPrinter(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8));

    private static Shutdown running;
    private static BenchTarget target;
    private static BenchRun run;

    @BeforeAll
    static void start() throws Exception {
        running = new Shutdown();
        target = BenchServer.start(running, LedgerTopics.DEFAULTS, QUIET);
        run = new BenchRun(target, PLAN, new Bench(PLAN, QUIET), running);
    }

    @AfterAll
    static void stop() {
        running.close();
    }

    @ParameterizedTest
    @EnumSource(
            value = WorkloadName.class,
            names = {"HOT", "MANY", "RATE", "RENEW"})
    void aWorkloadIsMeasuredEachWay(WorkloadName workload) throws Exception {
        // when
        List<Result> results = run.run(workload);
        // then
        assertThat(results).extracting(result -> result.load().size()).containsExactly(1, 4, 1, 4, 1, 4);
        assertThat(results.subList(0, 2)).allMatch(result -> result.what().endsWith(" over Kafka"));
        assertThat(results.subList(2, 4)).allMatch(result -> result.what().endsWith(" answered in memory"));
        assertThat(results.subList(4, 6)).allMatch(result -> result.what().endsWith(" over HTTP"));
        assertThat(results).allSatisfy(BenchRunTest::isMeasured);
        assertThat(ResultTable.of(results).lines()).hasSize(2 + results.size());
    }

    @Test
    void theHandOverIsMeasuredAgainstAPlainRoundTrip() throws Exception {
        // when
        List<Result> results = run.run(WorkloadName.HANDOVER);
        // then
        assertThat(results).hasSize(3).allSatisfy(BenchRunTest::isMeasured);
        assertThat(results)
                .extracting(result -> result.rounds().get(0).subject().turns())
                .allSatisfy(turns -> assertThat(turns.inUse()).isBetween(0.01, 1.0));
        assertThat(ResultTable.ofTurns(results).lines())
                .satisfiesExactly(
                        kafka -> assertThat(kafka).contains("Kafka: slot in use "),
                        memory -> assertThat(memory).contains("memory: slot in use "),
                        http -> assertThat(http).contains("HTTP: slot in use "));
    }

    @Test
    void severalLimitsAreMeasuredBothWays() throws Exception {
        // when
        List<Result> results = run.run(WorkloadName.SEVERAL);
        // then
        assertThat(results)
                .extracting(Result::what)
                .containsExactly(
                        "three limits at once over Kafka",
                        "three limits at once over Kafka",
                        "three limits at once over HTTP",
                        "three limits at once over HTTP");
        assertThat(results).allSatisfy(BenchRunTest::isMeasured);
    }

    @Test
    void aBacklogIsDrainedAndCopied() throws Exception {
        // when
        List<Result> results = run.run(WorkloadName.BACKLOG);
        // then
        assertThat(results).hasSize(1).allSatisfy(BenchRunTest::isMeasured);
        assertThat(results.get(0).rounds().get(0).subject().operations()).isEqualTo(PLAN.backlog() - 1);
        assertThat(results.get(0).rounds().get(0).floor().operations()).isEqualTo(PLAN.backlog() - 1);
    }

    @Test
    void operationsBeginAtTheRateThatWasAskedFor() throws Exception {
        // given
        BenchPlan plan = new BenchPlan(
                EnumSet.of(BenchTransport.KAFKA, BenchTransport.HTTP), List.of(new Load.Open(100)), 1, 0, 1, 2);
        BenchRun open = new BenchRun(target, plan, new Bench(plan, QUIET), running);
        // when
        List<Result> results = open.run(WorkloadName.HOT);
        // then
        assertThat(results).hasSize(2).allSatisfy(BenchRunTest::isMeasured);
        assertThat(results)
                .flatExtracting(Result::rounds)
                .extracting(round -> round.subject())
                .allSatisfy(subject -> {
                    assertThat(subject.operations()).isEqualTo(100);
                    assertThat(subject.unserved()).isEqualTo(new Unserved(0, 0));
                });
    }

    @Test
    void muchIsMeasuredAgainstLittle() throws Exception {
        // when
        List<Result> results = run.compare(new PiledLeases(300), new PiledLeases(3));
        // then
        assertThat(results).extracting(Result::what).containsOnly("300 leases : 3 leases");
        assertThat(results).hasSize(2).allSatisfy(BenchRunTest::isMeasured);
    }

    @Test
    void manyKeysAreMeasuredAgainstFew() throws Exception {
        // when
        List<Result> results = run.compare(new ManyKeys(300), new ManyKeys(3));
        // then
        assertThat(results).extracting(Result::what).containsOnly("300 keys : 3 keys");
        assertThat(results).hasSize(2).allSatisfy(BenchRunTest::isMeasured);
    }

    @ParameterizedTest
    @EnumSource(
            value = WorkloadName.class,
            names = {"QUOTA", "FAIR", "SETTLE"})
    void whatALimitSaysIsMeasuredAgainstAPlainOne(WorkloadName workload) throws Exception {
        // when
        List<Result> results = run.run(workload);
        // then
        assertThat(results).allMatch(result -> result.what().endsWith(" : hot limit"));
        assertThat(results).hasSize(2).allSatisfy(BenchRunTest::isMeasured);
    }

    @Test
    void aLongQueueIsMeasuredAgainstAShortOne() throws Exception {
        // when
        List<Result> results = run.waiters(500);
        // then
        assertThat(results).hasSize(4).allSatisfy(BenchRunTest::isMeasured);
    }

    @Test
    void theFileHoldsEveryRound(@TempDir Path directory) throws Exception {
        // given
        List<Result> results = run.run(WorkloadName.HOT);
        Path file = directory.resolve("bench.json");
        // when
        ResultFile.write(file, PLAN, results, List.of());
        // then
        JsonNode content = new ObjectMapper().readTree(file.toFile());
        assertThat(content.at("/machine/processors").asInt()).isPositive();
        assertThat(content.at("/results/0/rounds/0/subject/opsPerSecond").asDouble())
                .isEqualTo(results.get(0).rounds().get(0).subject().opsPerSecond());
    }

    private static void isMeasured(Result result) {
        assertThat(result.rounds()).hasSize(PLAN.rounds());
        assertThat(result.rounds()).flatExtracting(Round::subject, Round::floor).allSatisfy(side -> {
            Figures figures = (Figures) side;
            assertThat(figures.operations()).isPositive();
            assertThat(figures.opsPerSecond()).isPositive();
            assertThat(figures.p50Millis()).isPositive();
            assertThat(figures.cpuMicros()).isPositive();
            assertThat(figures.p99Millis()).isGreaterThanOrEqualTo(figures.p50Millis());
        });
    }
}
