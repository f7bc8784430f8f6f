package io.limitledger.gateway.contest;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Runs the contest, and prints its tables in Markdown. */
@Command(
        name = "contest",
        description = "Measure the ledger beside Redisson on Redis, each through its public client, in turns.",
        mixinStandardHelpOptions = true)
public final class ContestCommand implements Callable<Integer> {
    @Option(
            names = "--jar",
            required = true,
            paramLabel = "FILE",
            description = "limits.jar, for server and client; several to compare them.")
    private List<Path> jars = List.of();

    @Option(
            names = "--redis-server",
            paramLabel = "FILE",
            description = "Redis' program (default: redis-server on the PATH; without it Redisson is left out).")
    private @Nullable Path redisServer;

    @Option(
            names = "--over",
            split = ",",
            defaultValue = "http,kafka",
            description = "Ways to the ledger (default: ${DEFAULT-VALUE}).")
    private List<String> over = List.of();

    @Option(
            names = "--measure",
            split = ",",
            defaultValue = "CYCLES,SPENDS,HANDOVER,DEATHS",
            description = "What to measure: ${COMPLETION-CANDIDATES} (default: all).")
    private List<Discipline> disciplines = List.of();

    @Option(
            names = "--threads",
            split = ",",
            defaultValue = "1,16,64",
            description = "Threads of the client, one measurement each (default: ${DEFAULT-VALUE}).")
    private List<Integer> threads = List.of();

    @Option(
            names = "--partitions",
            defaultValue = "4",
            description = "Partitions of the ledger's topics (default: ${DEFAULT-VALUE}).")
    private int partitions;

    @Option(names = "--seconds", defaultValue = "5", description = "Of each turn (default: ${DEFAULT-VALUE}).")
    private double seconds;

    @Option(
            names = "--warm-up",
            defaultValue = "30",
            description = "Seconds of cycles, and as many of spends, for each side before its first turn"
                    + " (default: ${DEFAULT-VALUE}).")
    private double warmUpSeconds;

    @Option(
            names = "--rounds",
            defaultValue = "3",
            description = "Turns; medians are shown (default: ${DEFAULT-VALUE}).")
    private int rounds;

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new ContestCommand()).execute(arguments));
    }

    @Override
    public Integer call() throws Exception {
        List<Side> sides = new ArrayList<>();
        try {
            startRedis(sides);
            for (Path jar : jars) {
                startLimits(sides, jar);
            }
            ContestRun run = new ContestRun(sides, threads, seconds, rounds);
            run.prepare(warmUpSeconds);
            for (Discipline discipline : disciplines) {
                System.out.println(
                        switch (discipline) {
                            case CYCLES -> run.loops("cycles");
                            case SPENDS -> run.loops("spends");
                            case HANDOVER -> run.handOver();
                            case DEATHS -> run.deaths();
                        });
            }
            return 0;
        } finally {
            for (Side side : sides) {
                side.close();
            }
        }
    }

    private void startRedis(List<Side> sides) throws Exception {
        Path program = redisServer == null ? onPath("redis-server") : redisServer;
        if (program == null) {
            System.out.println("redis-server is not on the PATH, so Redisson is left out (Debian: apt-get install"
                    + " redis-server; or name it with --redis-server).\n");
            return;
        }
        for (String appendfsync : List.of("everysec", "always")) {
            sides.add(Side.start(
                    "Redisson, " + appendfsync,
                    ServerProcess.redis(program, appendfsync),
                    Side.classPathWith(),
                    "redisson"));
        }
    }

    /** A server for each way, so that each processor time belongs to one client. */
    private void startLimits(List<Side> sides, Path jar) throws Exception {
        for (String way : over) {
            String name = (jars.size() == 1 ? "ours" : String.valueOf(jar.getFileName())) + " over " + way;
            sides.add(Side.start(name, ServerProcess.limits(jar, partitions), Side.classPathWith(jar), way));
        }
    }

    private static @Nullable Path onPath(String program) {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1))
                .map(folder -> Path.of(folder, program))
                .filter(Files::isExecutable)
                .findFirst()
                .orElse(null);
    }

    /** What is measured. */
    private enum Discipline {
        CYCLES,
        SPENDS,
        HANDOVER,
        DEATHS
    }
}
