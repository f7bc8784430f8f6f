package io.limitledger.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.limitledger.gateway.http.GatewayExtension;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The command line as shells meet it, in processes of its own. */
@Tag("broker")
class ShellTest {
    private static final long END_SECONDS = 120;

    @RegisterExtension
    static final GatewayExtension gateway = new GatewayExtension();

    @TempDir
    Path directory;

    @Test
    void endsQuietlyWhenNoOneReadsOn() throws Exception {
        // given
        IntStream.range(0, 500)
                .forEach(number -> gateway.put("/v1/limits/" + "x".repeat(200) + number, "{\"limit\": 1}"));

        // when
        String printed = bash("limits ls -o json | head -1");

        // then
        assertThat(printed).isEqualTo("[ {\n");
    }

    @Test
    void completesInBash() throws Exception {
        // given
        gateway.put("/v1/limits/database", "{\"limit\": 1}");
        bash("limits completion bash > completion");

        // when
        String printed = bash("""
                source completion
                try() { COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _limits; echo "${COMPREPLY[*]}"; }
                try limits insp
                try limits ls --pre
                try limits ls -o j
                try limits inspect da
                try limits audit ver
                try limits apply -f compl""");

        // then
        assertThat(printed.lines()).containsExactly("inspect", "--prefix", "json", "database", "verify", "completion");
    }

    @Test
    void zshAndFishUnderstandTheirScripts() throws Exception {
        // given
        bash("limits completion zsh > _limits; limits completion fish > limits.fish");

        // when
        String printed = bash("if command -v zsh > /dev/null; then zsh -n _limits; fi\n"
                + "if command -v fish > /dev/null; then fish --no-config -c "
                + "'source limits.fish; complete -C \"limits insp\" | cut -f 1; complete -C \"limits ls --outp\" | cut -f 1';"
                + " else printf 'inspect\\n--output\\n'; fi");

        // then
        assertThat(printed.lines()).containsExactly("inspect", "--output");
    }

    @Test
    void launcherFindsTheJarBehindLinksAndSaysWhatIsMissing() throws Exception {
        // given
        Path launcher = Path.of("src/main/launcher/limits").toAbsolutePath();
        Files.createDirectories(directory.resolve("bin"));
        Files.copy(launcher, directory.resolve("bin/real"));
        Files.createSymbolicLink(directory.resolve("link"), Path.of("bin/real"));
        Files.writeString(directory.resolve("bin/limits.jar"), "");
        Files.writeString(directory.resolve("java"), "#!/bin/sh\necho \"$@\"\n");

        // when
        String printed =
                bash("chmod +x java bin/real; PATH=\"$PWD:$PATH\" LIMITS_ARCHIVE=off JAVA_HOME= ./link ls 'a b'");
        String without = bash("rm bin/limits.jar; ./link ls 2>&1; echo $?");

        // then
        assertThat(printed).endsWith("-jar " + directory.toRealPath() + "/bin/limits.jar ls a b\n");
        assertThat(without).contains("limits: limits.jar is neither in ").endsWith("70\n");
    }

    /** A script in which {@code limits} is the command line of this class path; its output, after nothing on standard error. */
    private String bash(String script) throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/bin/bash")), "needs bash");
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        Path err = directory.resolve("err");
        ProcessBuilder builder = new ProcessBuilder(List.of(
                        "/bin/bash",
                        "-c",
                        "limits() { \"" + java + "\" -XX:TieredStopAtLevel=1 -XX:+UseSerialGC " + Main.class.getName()
                                + " \"$@\"; }\n" + script))
                .directory(directory.toFile())
                .redirectError(err.toFile());
        builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
        builder.environment()
                .put("LIMITS_URL", "http://127.0.0.1:" + gateway.server().port());
        Process process = builder.start();
        process.getOutputStream().close();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(END_SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(Files.readString(err)).isEmpty();
        return printed;
    }
}
