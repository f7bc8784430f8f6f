package io.limitledger.gateway.program;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Where a program is found, looked up before slots are acquired for it. */
public final class ProgramFile {
    private static final String DEFAULT_PATH = "/bin:/usr/bin";

    private ProgramFile() {}

    /**
     * Why it cannot be run.
     *
     * @param exitCode that shells give for it
     */
    public record Problem(int exitCode, String inWords) {}

    /** What keeps the program from being run; null if nothing is known to. */
    public static @Nullable Problem problemOf(String program) {
        return problemOf(program, Objects.requireNonNullElse(System.getenv("PATH"), DEFAULT_PATH));
    }

    static @Nullable Problem problemOf(String program, String searchPath) {
        try {
            return program.contains("/") ? ofFile(program, Path.of(program)) : ofName(program, searchPath);
        } catch (InvalidPathException e) {
            // A name that this locale cannot express; the system will report it.
            return null;
        }
    }

    private static @Nullable Problem ofName(String program, String searchPath) {
        List<Path> files = Arrays.stream(searchPath.split(File.pathSeparator, -1))
                .map(directory -> Path.of(directory.isEmpty() ? "." : directory).resolve(program))
                .filter(Files::isRegularFile)
                .toList();
        if (program.isEmpty() || files.isEmpty()) {
            return new Problem(ExitCode.NOT_FOUND, "cannot run '" + program + "': no such program in PATH");
        }
        return files.stream().anyMatch(Files::isExecutable) ? null : notExecutable(program);
    }

    private static @Nullable Problem ofFile(String program, Path file) {
        if (!Files.exists(file)) {
            return new Problem(ExitCode.NOT_FOUND, "cannot run '" + program + "': no such file");
        }
        if (Files.isDirectory(file)) {
            return new Problem(ExitCode.CANNOT_RUN, "cannot run '" + program + "': it is a directory");
        }
        return Files.isExecutable(file) ? null : notExecutable(program);
    }

    private static Problem notExecutable(String program) {
        return new Problem(
                ExitCode.CANNOT_RUN, "cannot run '" + program + "': the file may not be executed by this user");
    }
}
