package io.limitledger.gateway.cli;

import io.limitledger.gateway.program.ExitCode;
import io.limitledger.gateway.program.HeldProgram;
import io.limitledger.gateway.program.OnLost;
import io.limitledger.gateway.program.ProcessInWords;
import io.limitledger.gateway.program.Signals;
import io.limitledger.gateway.start.StartException;
import io.limitledger.holder.Acquire;
import io.limitledger.holder.AcquireException;
import io.limitledger.holder.AcquireRefusedException;
import io.limitledger.holder.Lease;
import io.limitledger.holder.Limits;
import io.limitledger.holder.SlotsNotFreeException;
import java.io.PrintWriter;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
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
                    + ":the slots were not free in time; or the lease was lost, and the program, told to stop, exited with 0",
            ExitCode.CANNOT_RUN + ":the program cannot be run",
            ExitCode.NOT_FOUND + ":there is no such program"
        },
        footerHeading = "%n",
        footer = "SIGTERM, SIGINT and SIGHUP are passed on to the program. It finds its lease in LIMITS_LEASE_ID.",
        exitCodeOnInvalidInput = ExitCode.USAGE,
        exitCodeOnExecutionException = ExitCode.SOFTWARE,
        mixinStandardHelpOptions = true)
final class RunCommand implements Callable<Integer> {
    private static final String DEFAULT_URL = "http://127.0.0.1:8080";

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Option(
            names = "--limit",
            required = true,
            paramLabel = "NAME",
            description = "Limit to hold slots of. Given several times: all of them or none, over HTTP only.")
    private List<String> names = List.of();

    @Option(
            names = "--slots",
            defaultValue = "1",
            paramLabel = "N",
            description = "Slots of each limit (default: ${DEFAULT-VALUE}).")
    private long slots;

    @Option(
            names = "--wait",
            defaultValue = "0",
            paramLabel = "DURATION",
            description = "How long to stand in line for them, such as 500ms, 30s, 5m, 1h"
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
            description = "Who holds, shown to whoever asks (default: user, host, program and process).")
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

    @Option(
            names = "--url",
            paramLabel = "URL",
            description = "Gateway to ask (default: LIMITS_URL in the environment, or " + DEFAULT_URL + ").")
    private @Nullable URI url;

    @Mixin
    private ClusterOptions cluster = new ClusterOptions();

    @Parameters(arity = "1..*", paramLabel = "PROGRAM", description = "The program to run, and its arguments.")
    private List<String> program = List.of();

    @Override
    public Integer call() throws Exception {
        Signals signals = Signals.caught();
        try (Limits limits = connect();
                Lease held = acquire(limits)) {
            return new HeldProgram(program, onLost, grace, spec.commandLine().getErr()).run(held, signals);
        } catch (AcquireException e) {
            return tell(e);
        } catch (InterruptedException e) {
            return Objects.requireNonNullElse(signals.exitCode(), ExitCode.SOFTWARE);
        }
    }

    private Limits connect() {
        try {
            boolean overKafka = cluster.hasCluster();
            if (overKafka && url != null) {
                throw new StartException("Expected --url or --bootstrap-servers, but got both");
            }
            return overKafka ? Limits.overKafka(cluster.clientProperties()) : Limits.overHttp(gateway());
        } catch (IllegalArgumentException | StartException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
    }

    private URI gateway() {
        String fromEnvironment = System.getenv("LIMITS_URL");
        return url != null ? url : URI.create(fromEnvironment == null ? DEFAULT_URL : fromEnvironment);
    }

    private Lease acquire(Limits limits) throws InterruptedException {
        String[] others = names.subList(1, names.size()).toArray(String[]::new);
        Acquire acquire = limits.acquire(names.get(0), others)
                .slots(slots)
                .leasedFor(lease)
                .holder(holder == null ? ProcessInWords.of(program.get(0)) : holder);
        return patience.isZero() ? acquire.now() : acquire.waitingUpTo(patience);
    }

    private int tell(AcquireException failure) {
        PrintWriter err = spec.commandLine().getErr();
        err.println("limits run: " + failure.getMessage());
        err.flush();
        if (failure instanceof SlotsNotFreeException) {
            return ExitCode.TEMPORARY_FAILURE;
        }
        return failure instanceof AcquireRefusedException ? ExitCode.USAGE : ExitCode.UNAVAILABLE;
    }
}
