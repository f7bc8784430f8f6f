package io.limitledger.gateway.bench;

import io.limitledger.gateway.process.ProgressPrinter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;

/** Runs contests: warms both sides up, lets them take turns, and reports progress. */
public final class Bench {
    private static final double NANOS_PER_SECOND = 1e9;

    private final BenchPlan plan;
    private final ProgressPrinter progress;

    public Bench(BenchPlan plan, ProgressPrinter progress) {
        this.plan = plan;
        this.progress = progress;
    }

    /** Measures contests that run the same code, so that warming up one of them is enough for all. */
    List<Result> measure(List<Contest> alike) throws Exception {
        warmUp(alike.stream()
                .max(Comparator.comparingInt(contest -> contest.load().size()))
                .orElseThrow());
        List<Result> results = new ArrayList<>();
        for (Contest contest : alike) {
            results.add(measure(contest));
        }
        return results;
    }

    /** Each load once, after a warm-up with the largest. */
    List<Profile> profile(String way, Function<Load, Measurement> subject) throws Exception {
        progress.step("warming up: " + way);
        Load largest =
                plan.loads().stream().max(Comparator.comparingInt(Load::size)).orElseThrow();
        subject.apply(largest).over(seconds(plan.warmUpSeconds()));
        List<Profile> profiles = new ArrayList<>();
        for (Load load : plan.loads()) {
            progress.step("profiling: " + way + ", " + load);
            Measurement measurement = subject.apply(load);
            Profiler profiler = Profiler.start();
            Figures figures = measurement.over(seconds(plan.seconds()));
            profiles.add(Profile.of(way + ", " + load, figures, profiler.stop()));
        }
        return profiles;
    }

    private void warmUp(Contest contest) throws Exception {
        if (plan.warmUpSeconds() > 0) {
            progress.step("warming up: " + describe(contest));
            Duration duration = seconds(plan.warmUpSeconds());
            contest.floor().over(duration);
            contest.subject().over(duration);
        }
    }

    private Result measure(Contest contest) throws Exception {
        List<Round> rounds = new ArrayList<>();
        for (int number = 1; number <= plan.rounds(); number++) {
            Duration duration = seconds(plan.seconds());
            OtherWork other = new OtherWork();
            Figures floor = contest.floor().over(duration);
            Figures subject = contest.subject().over(duration);
            Round round = new Round(subject, floor, other.share());
            rounds.add(round);
            progress.step(describe(contest)
                    + ", round %d of %d: p50 %.2fx, p99 %.2fx, %.0f of %.0f ops/s"
                            .formatted(
                                    number,
                                    plan.rounds(),
                                    round.p50Ratio(),
                                    round.p99Ratio(),
                                    subject.opsPerSecond(),
                                    floor.opsPerSecond()));
        }
        return new Result(contest.what(), contest.load(), rounds);
    }

    private static String describe(Contest contest) {
        return contest.what() + ", " + contest.load() + (contest.load() instanceof Load.Closed ? " in flight" : "");
    }

    private static Duration seconds(double seconds) {
        return Duration.ofNanos((long) (seconds * NANOS_PER_SECOND));
    }
}
