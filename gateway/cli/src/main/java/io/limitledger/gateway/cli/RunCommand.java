package io.limitledger.gateway.cli;

import io.limitledger.core.command.DefineKey;
import io.limitledger.core.command.DeleteLimit;
import io.limitledger.core.state.Bounds;
import io.limitledger.gateway.cli.client.GatewayOptions;
import io.limitledger.gateway.machine.StartException;
import io.limitledger.gateway.program.ExitCode;
import io.limitledger.gateway.program.HeldProgram;
import io.limitledger.gateway.program.OnLost;
import io.limitledger.gateway.program.ProcessInWords;
import io.limitledger.gateway.program.ProgramFile;
import io.limitledger.gateway.program.Signals;
import io.limitledger.holder.AccessRefusedException;
import io.limitledger.holder.Acquire;
import io.limitledger.holder.AcquireException;
import io.limitledger.holder.AcquireRefusedException;
import io.limitledger.holder.Lease;
import io.limitledger.holder.Limits;
import io.limitledger.holder.SlotsNotFreeException;
import io.limitledger.lease.Acquisition;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code limits run}: holds slots while any program runs. */
@Command(
        name = "run",
        description = "Hold slots while a program runs: acquire a lease, run the program, renew the lease as long as it"
                + " runs, release it.",
        customSynopsis = "limits run --limit NAME [--limit NAME...] [OPTIONS] [--] PROGRAM [ARGUMENT...]",
        sortOptions = false,
        exitCodeListHeading = "%nExit codes: the program's own, 128 + N if signal N ended it, or%n",
        exitCodeList = {
            ExitCode.USAGE
                    + ":the command line is wrong, or the slots can never be granted, as when there is no such limit",
            ExitCode.UNAVAILABLE + ":the ledger could not be asked",
            ExitCode.SOFTWARE + ":a fault of this command",
            ExitCode.TEMPORARY_FAILURE
                    + ":the slots were not free in time; or the lease was lost, and the program exited with 0 when it"
                    + " was stopped",
            ExitCode.NO_PERMISSION
                    + ":the gateway does not know who asks, or that principal may not hold slots of the limit",
            ExitCode.CANNOT_RUN + ":the program cannot be run",
            ExitCode.NOT_FOUND + ":there is no such program"
        },
        footerHeading = "%n",
        footer = {
            "Signals are passed on to the program, except SIGQUIT. In its environment it finds its lease in"
                    + " LIMITS_LEASE_ID, the key in LIMITS_KEY, and in LIMITS_FENCE a number that is higher with each"
                    + " grant of the limit: a resource that remembers the highest can refuse a program whose lease has"
                    + " ended. Of several limits, LIMITS_FENCE has the numbers in the order of the options, separated by"
                    + " commas."
        },
        exitCodeOnInvalidInput = ExitCode.USAGE,
        exitCodeOnExecutionException = ExitCode.SOFTWARE,
        mixinStandardHelpOptions = true)
final class RunCommand implements Callable<Integer> {
    /** A lease that another client ended should be noticed within a second; a look costs the gateway no decision. */
    private static final Duration LOOK = Duration.ofMillis(800);

    /** Long enough for a busy machine: slots that are not given back here stay taken for all of --lease. */
    private static final Duration RELEASE_PATIENCE = Duration.ofSeconds(10);

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Option(
            names = "--limit",
            required = true,
            paramLabel = "NAME",
            description = "Limit to hold slots of. Given several times: all of them or none.")
    private List<String> names = List.of();

    @Option(
            names = "--slots",
            defaultValue = "1",
            paramLabel = "N",
            description = "Slots of each limit (default: ${DEFAULT-VALUE}).")
    private long slots;

    @Option(
            names = "--key",
            paramLabel = "KEY",
            description =
                    "Whose slots they are, such as a customer: counted under the bounds that the limit has for each"
                            + " key.")
    private @Nullable String key;

    @Option(
            names = "--priority",
            defaultValue = "0",
            paramLabel = "SECONDS",
            description = "A head start in the queue: the position it would have had it come that much earlier;"
                    + " negative to let others pass (default: ${DEFAULT-VALUE}; -3600 to 3600).")
    private long priority;

    @Option(
            names = "--wait",
            defaultValue = "0",
            paramLabel = "DURATION",
            description = "How long to wait in the queue for them, such as 500ms, 30s, 5m, 1h"
                    + " (default: not at all; at most 1h).")
    private Duration patience = Duration.ZERO;

    @Option(
            names = "--lease",
            defaultValue = "60s",
            paramLabel = "DURATION",
            description = "How long they stay taken should this command be killed (default: ${DEFAULT-VALUE}).")
    private Duration lease = Duration.ZERO;

    @Option(
            names = "--holder",
            paramLabel = "TEXT",
            description = "The holder, as other clients see it (default: user, host, program and process).")
    private @Nullable String holder;

    @Option(
            names = "--on-lost",
            defaultValue = "kill",
            paramLabel = "kill|warn",
            description = "When the lease is lost: stop the program and all it started, or only say so"
                    + " (default: ${DEFAULT-VALUE}).")
    private OnLost onLost = OnLost.KILL;

    @Option(
            names = "--grace",
            defaultValue = "10s",
            paramLabel = "DURATION",
            description =
                    "How long it may take to stop, before it is made to with SIGKILL (default: ${DEFAULT-VALUE}).")
    private Duration grace = Duration.ZERO;

    @Mixin
    private GatewayOptions gateway = new GatewayOptions();

    @Mixin
    private ClusterOptions cluster = new ClusterOptions();

    @Parameters(arity = "1..*", paramLabel = "PROGRAM", description = "The program to run, and its arguments.")
    private List<String> program = List.of();

    @Override
    public Integer call() throws Exception {
        check();
        ProgramFile.Problem problem = ProgramFile.problemOf(program.get(0));
        if (problem != null) {
            say(problem.inWords());
            return problem.exitCode();
        }
        HeldProgram held = orUsage(
                () -> new HeldProgram(program, onLost, grace, spec.commandLine().getErr()));
        Signals signals = orUsage(Signals::caught);
        try {
            return run(held, signals);
        } catch (AcquireException e) {
            return Objects.requireNonNullElseGet(signals.exitCode(), () -> report(e));
        } catch (InterruptedException e) {
            return Objects.requireNonNullElse(signals.exitCode(), ExitCode.SOFTWARE);
        }
    }

    private int run(HeldProgram held, Signals signals) throws InterruptedException {
        Limits limits = orUsage(this::connect);
        try (Lease lease = acquire(limits)) {
            return held.run(lease, environment(lease), signals);
        } finally {
            limits.close(RELEASE_PATIENCE);
        }
    }

    /** What the program can read about its slots. */
    private Map<String, String> environment(Lease lease) {
        Map<String, String> environment = new HashMap<>();
        List<Long> fences = names.stream().distinct().map(lease::fence).toList();
        // A ledger of an older version gives none.
        if (!fences.contains(0L)) {
            environment.put(
                    HeldProgram.FENCE, fences.stream().map(String::valueOf).collect(Collectors.joining(",")));
        }
        if (key != null) {
            environment.put(HeldProgram.KEY, key);
        }
        return environment;
    }

    /** In the words of the options, before anything is asked: the ledger's own words are those of its fields. */
    private void check() {
        checkIsWithin("--lease", lease, Bounds.SHORTEST_LEASE_MILLIS, Bounds.LONGEST_LEASE_MILLIS);
        checkIsWithin("--wait", patience, 0, Bounds.LONGEST_WAIT_MILLIS);
        if (slots < 1 || slots > Bounds.SLOTS) {
            throw wrong("--slots is " + slots + "; it must be 1 to " + Bounds.SLOTS);
        }
        if (Math.abs(priority) > Bounds.PRIORITY_SECONDS) {
            throw wrong("--priority is " + priority + "; it must be -" + Bounds.PRIORITY_SECONDS + " to "
                    + Bounds.PRIORITY_SECONDS + " seconds");
        }
        if (key != null) {
            new DefineKey("any", key, null).invalidFields().stream().findFirst().ifPresent(mistake -> {
                throw wrong("--key is '" + key + "': " + mistake.message());
            });
        }
        for (String name : names) {
            new DeleteLimit(name).invalidFields().stream().findFirst().ifPresent(mistake -> {
                throw wrong("--limit is '" + name + "': " + mistake.message());
            });
        }
        if (gateway.hasUrl() && cluster.hasCluster()) {
            throw wrong("--url and --bootstrap-servers are both given: name one way to ask");
        }
        if (names.size() > Acquisition.MAX_NAMES) {
            throw wrong("--limit is given " + names.size() + " times; at most " + Acquisition.MAX_NAMES
                    + " limits are held at once");
        }
    }

    private void checkIsWithin(String option, Duration given, long least, long most) {
        long millis = given.toMillis();
        if (millis < least || millis > most) {
            throw wrong(option + " is " + inWords(millis) + "; it must be " + inWords(least) + " to " + inWords(most));
        }
    }

    private static String inWords(long millis) {
        if (millis % 3_600_000 == 0 && millis != 0) {
            return millis / 3_600_000 + "h";
        }
        return millis % 1_000 == 0 ? millis / 1_000 + "s" : millis + "ms";
    }

    private ParameterException wrong(String what) {
        return new ParameterException(spec.commandLine(), what);
    }

    private <T> T orUsage(Supplier<T> start) {
        try {
            return start.get();
        } catch (StartException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
    }

    private Limits connect() {
        return cluster.hasCluster() ? Limits.overKafka(cluster.clientProperties()) : Limits.overHttp(gateway.gateway());
    }

    private Lease acquire(Limits limits) throws InterruptedException {
        String[] others = names.subList(1, names.size()).toArray(String[]::new);
        Acquire acquire = limits.acquire(names.get(0), others)
                .slots(slots)
                .leasedFor(lease)
                .lookingEvery(LOOK)
                .priority(priority)
                .holder(holder == null ? ProcessInWords.of(program.get(0)) : holder);
        if (key != null) {
            acquire = acquire.key(key);
        }
        return patience.isZero() ? acquire.now() : acquire.waitingUpTo(patience);
    }

    private int report(AcquireException failure) {
        say(failure.getMessage());
        if (failure instanceof SlotsNotFreeException) {
            return ExitCode.TEMPORARY_FAILURE;
        }
        if (failure instanceof AccessRefusedException) {
            return ExitCode.NO_PERMISSION;
        }
        return failure instanceof AcquireRefusedException ? ExitCode.USAGE : ExitCode.UNAVAILABLE;
    }

    private void say(@Nullable String what) {
        PrintWriter err = spec.commandLine().getErr();
        err.println("limits run: " + what);
        err.flush();
    }
}
