package io.limitledger.gateway.cli;

import io.limitledger.gateway.machine.StartException;
import io.limitledger.gateway.program.ExitCode;
import io.limitledger.topics.TopicSetupException;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintWriter;
import java.net.BindException;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** The command {@code limits}, which does nothing by itself. */
@Command(
        name = "limits",
        description = "A ledger of concurrency limits and rate limits on Kafka.",
        mixinStandardHelpOptions = true,
        versionProvider = BuiltVersion.class)
public final class LimitsCommand implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    /**
     * Runs a command line, and returns its exit code: 0 done, 1 failed, 2 not understood; {@code run} and what asks a gateway have
     * those of sysexits.
     */
    public static int run(String... arguments) {
        Optional<String> mistake = CommandLineMistakes.inLogLevel(System.getenv("LIMITS_LOG_LEVEL"));
        if (mistake.isPresent()) {
            System.err.println("limits: " + mistake.get());
            boolean isRun = arguments.length > 0 && arguments[0].equals("run");
            return isRun ? ExitCode.USAGE : CommandLine.ExitCode.USAGE;
        }
        return commandLine(arguments.length == 0 ? "" : arguments[0])
                .setOut(new PrintWriter(new FileOutputStream(FileDescriptor.out), false, StandardCharsets.UTF_8))
                .execute(arguments);
    }

    /** With the command of that name, or with all if it is not that of one. */
    static CommandLine commandLine(String name) {
        return Commands.addTo(new CommandLine(new LimitsCommand()), name)
                .setParameterExceptionHandler(CommandLineMistakes::report)
                .setExecutionExceptionHandler(LimitsCommand::report)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .registerConverter(Duration.class, new DurationConverter())
                .registerConverter(Path.class, LimitsCommand::path)
                // The arguments of a program that is run are its own, also one such as @file.
                .setExpandAtFiles(false);
    }

    private static Path path(String text) {
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw new TypeConversionException("'" + text + "' cannot be used: " + e.getReason());
        }
    }

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(),
                "which command? To see what there is: limits help; to start a server: limits serve; to list limits: limits ls");
    }

    /** An error that the user can fix is one line; any other is a fault of ours, and shown with its stack trace. */
    private static int report(Exception failure, CommandLine command, CommandLine.ParseResult parsed) {
        PrintWriter err = command.getErr();
        Throwable bind = bindFailure(failure);
        if (isForTheUser(failure)) {
            err.println(failure.getMessage());
        } else if (bind != null) {
            // The address was free when it was checked.
            err.println("Could not listen: " + bind.getMessage() + ". Another process was quicker; start again.");
        } else {
            failure.printStackTrace(err);
        }
        err.flush();
        return command.getCommandSpec().exitCodeOnExecutionException();
    }

    private static @Nullable Throwable bindFailure(@Nullable Throwable failure) {
        return failure == null || failure instanceof BindException ? failure : bindFailure(failure.getCause());
    }

    private static boolean isForTheUser(Exception failure) {
        return failure instanceof StartException || failure instanceof TopicSetupException;
    }
}
