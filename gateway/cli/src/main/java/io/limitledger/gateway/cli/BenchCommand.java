package io.limitledger.gateway.cli;

import io.limitledger.gateway.bench.Bench;
import io.limitledger.gateway.bench.BenchPlan;
import io.limitledger.gateway.bench.BenchRun;
import io.limitledger.gateway.bench.BenchServer;
import io.limitledger.gateway.bench.BenchTarget;
import io.limitledger.gateway.bench.BenchTransport;
import io.limitledger.gateway.bench.Load;
import io.limitledger.gateway.bench.Profile;
import io.limitledger.gateway.bench.Result;
import io.limitledger.gateway.bench.ResultFile;
import io.limitledger.gateway.bench.ResultTable;
import io.limitledger.gateway.bench.StartTime;
import io.limitledger.gateway.bench.Verdict;
import io.limitledger.gateway.bench.WorkloadName;
import io.limitledger.gateway.machine.StartException;
import io.limitledger.gateway.process.ProgressPrinter;
import io.limitledger.gateway.process.Shutdown;
import io.limitledger.holder.GatewayAddress;
import io.limitledger.topics.TopicsSetup;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code limits bench}: measures the ledger against a floor, and prints the ratios. */
@Command(
        name = "bench",
        description =
                "Measure how fast the ledger answers, against a bare echo on the same broker in the same run."
                        + " Without --bootstrap-servers, on a server of its own that is gone afterwards. Exit code 3: the run is void.",
        mixinStandardHelpOptions = true)
final class BenchCommand implements Callable<Integer> {
    private static final int VOID = 3;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Mixin
    private KafkaOptions kafka = new KafkaOptions();

    @Option(
            names = "--url",
            description = "Gateway of the running ledger that --bootstrap-servers names; without it no HTTP.")
    private @Nullable String url;

    @Option(
            names = "--workload",
            split = ",",
            defaultValue = "hot",
            description = "What to ask: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private List<WorkloadName> workloads = List.of();

    @Option(
            names = "--over",
            split = ",",
            defaultValue = "kafka,memory,http",
            description = "Ways to ask: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private List<BenchTransport> over = List.of();

    @Option(
            names = "--in-flight",
            split = ",",
            defaultValue = "1,16,64",
            description = "Operations under way at a time, one measurement each (default: ${DEFAULT-VALUE}).")
    private List<Integer> inFlight = List.of();

    @Option(
            names = "--rate",
            split = ",",
            paramLabel = "N",
            description = "Instead of --in-flight: operations begun each second, whatever becomes of those before.")
    private List<Integer> rates = List.of();

    @Option(
            names = "--backlog",
            paramLabel = "N",
            defaultValue = "100000",
            description = "Commands that the workload 'backlog' stores in the log before (default: ${DEFAULT-VALUE}).")
    private int backlog;

    @Option(
            names = "--seconds",
            defaultValue = "5",
            description = "Length of each measurement (default: ${DEFAULT-VALUE}).")
    private double seconds;

    @Option(
            names = "--warm-up",
            defaultValue = "10",
            description = "Seconds to run each side before it counts (default: ${DEFAULT-VALUE}).")
    private double warmUpSeconds;

    @Option(
            names = "--rounds",
            defaultValue = "3",
            description = "How often floor and subject take turns; medians are shown (default: ${DEFAULT-VALUE}).")
    private int rounds;

    @Option(names = "--json", paramLabel = "FILE", description = "Also write all figures of all rounds to a file.")
    private @Nullable Path json;

    @Option(
            names = "--start",
            description = "Measure instead how long 'serve' takes from its start to its first grant, --rounds times.")
    private boolean start;

    @Option(
            names = "--profile",
            description =
                    "Print instead where the processor time of a command goes, on the hot limit, as a Markdown table.")
    private boolean profile;

    @Override
    public Integer call() throws Exception {
        BenchPlan plan = plan();
        ProgressPrinter progress = new ProgressPrinter(System.err);
        if (profile) {
            return profile(plan, progress);
        }
        List<Result> results = start ? List.of() : measure(plan, progress);
        List<Double> starts = start ? starts(progress) : List.of();
        PrintWriter out = spec.commandLine().getOut();
        out.print(
                start
                        ? ResultTable.ofStarts(starts)
                        : ResultTable.of(results)
                                + ResultTable.ofTurns(results)
                                + ResultTable.ofUnserved(results)
                                + Verdict.inWords(results));
        out.flush();
        if (json != null) {
            ResultFile.write(json, plan, results, starts);
        }
        return Verdict.reasonsAgainst(results).isEmpty() ? 0 : VOID;
    }

    private List<Double> starts(ProgressPrinter progress) throws Exception {
        List<Double> starts = new ArrayList<>();
        while (starts.size() < rounds) {
            starts.add(StartTime.seconds(Main.class));
            progress.step("start %d of %d: %.2f s".formatted(starts.size(), rounds, starts.get(starts.size() - 1)));
        }
        return starts;
    }

    private BenchPlan plan() {
        try {
            return new BenchPlan(Set.copyOf(over), loads(), seconds, warmUpSeconds, rounds, backlog);
        } catch (IllegalArgumentException e) {
            throw new StartException(String.valueOf(e.getMessage()), e);
        }
    }

    private List<Load> loads() {
        return rates.isEmpty()
                ? inFlight.stream().<Load>map(Load.Closed::new).toList()
                : rates.stream().<Load>map(Load.Open::new).toList();
    }

    private int profile(BenchPlan plan, ProgressPrinter progress) throws Exception {
        PrintWriter out = spec.commandLine().getOut();
        out.print(Profile.table(run(plan, progress, BenchRun::profile)));
        out.flush();
        return 0;
    }

    private List<Result> measure(BenchPlan plan, ProgressPrinter progress) throws Exception {
        return run(plan, progress, run -> {
            List<Result> results = new ArrayList<>();
            for (WorkloadName workload : workloads) {
                results.addAll(run.run(workload));
            }
            return results;
        });
    }

    /** What is done with a run that is set up. */
    private interface Measuring<T> {
        T with(BenchRun run) throws Exception;
    }

    /** A signal stops what was started, as the end of the run does. */
    private <T> T run(BenchPlan plan, ProgressPrinter progress, Measuring<T> measuring) throws Exception {
        try (Shutdown running = new Shutdown()) {
            Runtime.getRuntime().addShutdownHook(new Thread(running::close, "stop"));
            BenchTarget target = target(running, progress);
            return measuring.with(new BenchRun(target, plan, new Bench(plan, progress), running));
        }
    }

    private BenchTarget target(Shutdown running, ProgressPrinter progress) throws Exception {
        if (kafka.hasCluster()) {
            Map<String, Object> client = kafka.clientProperties();
            return new BenchTarget(client, TopicsSetup.ensure(client, kafka.topics()), null, gateway());
        }
        if (url != null) {
            throw new StartException("Add --bootstrap-servers to --url: the floor is measured on the broker");
        }
        return BenchServer.start(running, kafka.topics(), progress);
    }

    private @Nullable URI gateway() {
        if (url == null) {
            return null;
        }
        GatewayAddress address;
        try {
            address = GatewayAddress.parse(url);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "--url is wrong: " + e.getMessage(), e);
        }
        if (address.authorization() != null) {
            throw new ParameterException(spec.commandLine(), "--url has credentials, which bench cannot send");
        }
        return URI.create(address.url());
    }
}
