package io.limitledger.gateway.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class ResultTest {
    private static final Load ONE = new Load.Closed(1);
    private static final Figures FLOOR = new Figures(1_000, 1_000, 0.5, 1.0, 2.0, 40, null, null);

    @Test
    void ratiosSayHowManyTimesAsLongAndWhichPartOfTheThroughput() {
        // given
        Figures subject = new Figures(800, 800, 0.6, 2.5, 9.0, 60, null, null);
        // when
        Round round = new Round(subject, FLOOR, 0);
        // then
        assertThat(round.p50Ratio()).isEqualTo(1.2, within(1e-9));
        assertThat(round.p99Ratio()).isEqualTo(2.5, within(1e-9));
        assertThat(round.throughputRatio()).isEqualTo(0.8, within(1e-9));
        assertThat(round.cpuRatio()).isEqualTo(1.5, within(1e-9));
    }

    @Test
    void aRunOnABusyMachineIsVoid() {
        // given
        Result result = new Result("what", ONE, List.of(new Round(FLOOR, FLOOR, 0.1), new Round(FLOOR, FLOOR, 0.43)));
        // when
        String verdict = Verdict.inWords(List.of(result));
        // then
        assertThat(verdict).startsWith("VOID: other processes had up to 43 % of the processors' time");
    }

    @Test
    void aTurnInWhichNothingEndedIsVoidAndHasNoRatios() {
        // given
        Figures nothing = new Figures(0, 0, 0, 0, 0, 0, null, null);
        List<Result> results = List.of(new Result("what", ONE, List.of(new Round(nothing, FLOOR, 0))));
        // when
        String table = ResultTable.of(results) + Verdict.inWords(results);
        // then
        assertThat(table).doesNotContain("Infinity", "NaN").contains("VOID: what at 1: in 1 turns no operation ended");
    }

    @Test
    void aQuietRunIsNotVoid() {
        // when
        List<String> reasons = Verdict.reasonsAgainst(List.of(new Result("what", ONE, List.of(round(100)))));
        // then
        assertThat(reasons).isEmpty();
    }

    @Test
    void aMedianIsOfTheRoundsNotOfTheirSum() {
        // given
        Result result = new Result("what", ONE, List.of(round(100), round(900), round(300)));
        // when
        double median = result.median(round -> round.subject().opsPerSecond());
        // then
        assertThat(median).isEqualTo(300);
    }

    @Test
    void aMedianOfAnEvenNumberOfRoundsIsBetweenTheMiddleTwo() {
        // given
        Result result = new Result("what", ONE, List.of(round(100), round(900), round(300), round(500)));
        // when
        double median = result.median(round -> round.subject().opsPerSecond());
        // then
        assertThat(median).isEqualTo(400);
    }

    @Test
    void theTableSaysTheRatiosFirst() {
        // given
        Figures subject = new Figures(800, 800, 0.6, 2.5, 9.0, 60, null, null);
        // when
        String table = ResultTable.of(List.of(
                new Result("hot limit over Kafka", new Load.Closed(16), List.of(new Round(subject, FLOOR, 0)))));
        // then
        assertThat(table.lines()).hasSize(3);
        assertThat(table.lines().toList().get(2).split("[ |]{2,}|(?<=Kafka) +"))
                .containsExactly(
                        "hot limit over Kafka",
                        "16",
                        "1.20",
                        "2.50",
                        "0.80",
                        "1.50",
                        "800",
                        "0.60",
                        "2.50",
                        "60",
                        "1000",
                        "0.50",
                        "1.00",
                        "40");
    }

    @Test
    void theTableSaysWhatCameToNothingOfAGivenRate() {
        // given
        Figures subject = FLOOR.withOpsPerSecond(600).with(new Unserved(390, 10));
        Figures floor = FLOOR.with(new Unserved(0, 0));
        // when
        String lines = ResultTable.ofUnserved(List.of(
                new Result("hot limit over HTTP", new Load.Open(1_000), List.of(new Round(subject, floor, 0)))));
        // then
        assertThat(lines)
                .isEqualTo("hot limit over HTTP at 1000/s: 600/s granted, 390/s refused, 10/s unanswered;"
                        + " floor: 1000/s granted, 0/s refused, 0/s unanswered\n");
    }

    private static Round round(double opsPerSecond) {
        return new Round(new Figures(1, opsPerSecond, 1, 1, 1, 1, null, null), FLOOR, 0);
    }
}
