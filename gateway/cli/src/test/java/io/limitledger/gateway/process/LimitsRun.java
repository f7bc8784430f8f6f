package io.limitledger.gateway.process;

import io.limitledger.gateway.cli.Main;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** {@code limits run} in a JVM of its own, its output in files. */
final class LimitsRun implements AutoCloseable {
    private static final long END_SECONDS = 40;

    private final Process process;
    private final Path out;
    private final Path err;

    private LimitsRun(Process process, Path out, Path err) {
        this.process = process;
        this.out = out;
        this.err = err;
    }

    static LimitsRun start(Path directory, String url, String... arguments) throws Exception {
        return startBy("exec \"$@\"", directory, url, arguments);
    }

    /** Started by a line for a shell, in which {@code "$@"} is the whole command. */
    static LimitsRun startBy(String shell, Path directory, String url, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                "sh",
                "-c",
                shell,
                "sh",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                // It lives for a second; to compile for speed, or to check what javac has made, takes longer.
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-XX:+UnlockDiagnosticVMOptions",
                "-XX:-BytecodeVerificationRemote",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "run"));
        command.addAll(Arrays.asList(arguments));
        Path out = Files.createTempFile(directory, "run", ".out");
        Path err = Files.createTempFile(directory, "run", ".err");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().put("LIMITS_URL", url);
        return new LimitsRun(builder.start(), out, err);
    }

    long pid() {
        return process.pid();
    }

    /** Says something to the program. */
    LimitsRun type(String text) throws Exception {
        process.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().close();
        return this;
    }

    void signal(String name) throws Exception {
        new ProcessBuilder("sh", "-c", "kill -s " + name + " " + process.pid())
                .start()
                .waitFor();
    }

    /** {@code kill -9}; what it started runs on. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    int exitCode() throws Exception {
        if (!process.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
            throw new AssertionError("Expected an end within " + END_SECONDS + " s, but it runs on; " + out() + err());
        }
        return process.exitValue();
    }

    String out() throws Exception {
        return Files.readString(out);
    }

    String err() throws Exception {
        return Files.readString(err);
    }

    @Override
    public void close() throws Exception {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly().waitFor();
    }
}
