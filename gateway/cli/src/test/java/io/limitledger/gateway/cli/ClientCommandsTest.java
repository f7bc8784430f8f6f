package io.limitledger.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.limitledger.gateway.http.GatewayExtension;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The commands that ask a gateway: what they print, and their exit codes. */
class ClientCommandsTest {
    private static final String ID = "1f0c7c1e-8a52-4b7e-8a0e-5d2f6f3f9a01";

    @RegisterExtension
    static final GatewayExtension gateway = new GatewayExtension();

    @TempDir
    Path directory;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void listsLimitsWithWhatTheySay() {
        // given
        limits("create", "database", "--limit", "10");
        limits("create", "calls", "--limit", "20", "--slot-decay-per-second", "0.5", "--disable");
        limits("create", "paused", "-l", "0");
        limits(
                "create",
                "tokens",
                "--quota",
                "1000/day@Europe/Berlin,08:00",
                "--quota",
                "100/2m",
                "--per-key",
                "2",
                "--per-key-quota",
                "50/hour",
                "--order",
                "fair",
                "--max-waiting",
                "7");
        limits("create", "latest", "--limit", "1", "--max-waiting", "1", "--when-full", "replace-oldest");
        assertThat(err.toString()).isEmpty();
        limits("acquire", "database", "--slots", "3", "--id", ID);
        clear();

        // when
        int exitCode = limits("ls");

        // then
        assertThat(exitCode).isZero();
        assertThat(out.toString().lines())
                .containsExactly(
                        "NAME      STATE     OCCUPIED  LIMIT  FREE  LEASES  WAITING  OLDEST  RULES",
                        "calls     disabled         0     20    20       0        0       -  0.5/s",
                        "database  active           3     10     7       1        0       -",
                        "latest    active           0      1     1       0        0       -  waiting 1, replaceOldest",
                        "paused    paused           0      0     0       0        0       -",
                        "tokens    active           0      -   100       0        0       -"
                                + "  1000/day@Europe/Berlin,08:00, 100/120s, per key 2 50/hour, fair, waiting 7");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ls -o name | a%nb%n",
                "ls -o name --prefix b | b%n",
                "ls --prefix c | No limits whose names begin with 'c'.%n",
                "leases a | No leases of limit 'a'.%n",
                "waiters a -o json | [ ]%n",
                "keys a | No keys of limit 'a' are in use.%n",
                "update a --limit 3 | Updated limit 'a'.%n",
                "update a --enable -o name | a%n",
                "disable a b | Disabled limit 'a'.%nDisabled limit 'b'.%n",
                "enable a | Enabled limit 'a'.%n",
                "rename a c | Renamed limit 'a' to 'c'.%n",
                "delete a -y | Deleted limit 'a'.%n",
                "acquire a --id 1f0c7c1e-8a52-4b7e-8a0e-5d2f6f3f9a03 | 1f0c7c1e-8a52-4b7e-8a0e-5d2f6f3f9a03%n",
                "acquire a b --id 1f0c7c1e-8a52-4b7e-8a0e-5d2f6f3f9a02 -o name | 1f0c7c1e-8a52-4b7e-8a0e-5d2f6f3f9a02%n",
                "acquire a --mode check | yes%n",
                "update b --max-waiting 1 --when-full replaceOldest -o name | b%n",
                "acquire a --mode up-to --slots 5 --id 1f0c7c1e-8a52-4b7e-8a0e-5d2f6f3f9a04 | 1f0c7c1e-8a52-4b7e-8a0e-5d2f6f3f9a04%n",
                "release 1f0c7c1e-8a52-4b7e-8a0e-5d2f6f3f9a01 | Released 1f0c7c1e-8a52-4b7e-8a0e-5d2f6f3f9a01.%n",
            })
    void printsWhatWasDone(String arguments, String expected) {
        // given
        limits("create", "a", "--limit", "2");
        limits("create", "b", "--limit", "1");
        clear();

        // when
        int exitCode = limits(arguments.split(" "));

        // then
        assertThat(err.toString()).isEmpty();
        assertThat(exitCode).isZero();
        assertThat(out.toString()).isEqualTo(String.format(expected));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "66 | inspect nope | limits inspect: Limit 'nope' does not exist",
                "64 | create a --limit 1 | limits create: limit 'a' exists already; change it with 'limits update', or see"
                        + " 'limits inspect'",
                "64 | create b | limits create: what does it bound? Give --limit, --quota or --per-key, as in 'limits create b"
                        + " --limit 10'. See 'limits create --help'.",
                "64 | create b --quota 5/fortnight | '5/fortnight' is not a quota; write one such as 1000/day",
                "64 | create b --limit -1 | limits create: limit: Expected 0 to 2147483647, but got -1",
                "64 | update a | nothing to change: give at least one option",
                "64 | update a --enable --disable | --enable and --disable are both given",
                "64 | delete a | without a terminal to ask at, --yes is needed",
                "64 | events | of which limit? Name one, or add --follow",
                "64 | override a k | say what the key may take, such as --limit 20, or --remove",
                "64 | settle 1f0c7c1e-8a52-4b7e-8a0e-5d2f6f3f9a01 | say how many slots were used",
                "64 | ls --ouput json | there is no option '--ouput'; did you mean '--output'?",
                "64 | ls -o xml | expected one of",
                "64 | acquire a --mode al | expected check or up-to, but got 'al'",
                "66 | renew 1f0c7c1e-8a52-4b7e-8a0e-5d2f6f3f9a01 | limits renew: ",
                "75 | acquire a --slots 2 | limits acquire: Expected",
                "64 | acquire a --slots 3 | which can never fit",
            })
    void explainsWhatIsRefused(int code, String arguments, String said) {
        // given
        limits("create", "a", "--limit", "2");
        limits("acquire", "a");
        clear();

        // when
        int exitCode = limits(arguments.split(" "));

        // then
        assertThat(err.toString()).contains(said).doesNotContain("Exception");
        assertThat(err.toString().lines()).hasSize(1);
        assertThat(exitCode).isEqualTo(code);
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void readsListingsToTheirEnd() {
        // given
        Stream.iterate(1, number -> number + 1)
                .limit(1_100)
                .forEach(number -> gateway.put("/v1/limits/limit-" + (10_000 + number), "{\"limit\": 1}"));

        // when
        limits("ls", "-o", "name");

        // then
        assertThat(out.toString().lines()).hasSize(1_100).isSorted();
    }

    @Test
    void showsWhatAHolderSaidWithoutLettingItControlTheTerminal() {
        // given
        limits("create", "a", "--limit", "2");
        limits("acquire", "a", "--holder", "\u001b[31mred\u202e \u009bx");
        clear();

        // when
        limits("leases", "a");
        limits("leases", "a", "-o", "json");
        limits("leases", "a", "-o", "yaml");
        limits("events", "a");

        // then
        assertThat(out.toString())
                .contains("\\u001b[31mred\\u202e \\u009bx")
                .doesNotContain("\u001b", "\u202e", "\u009b");
    }

    @Test
    void printsJsonThatIsReadTheSame() throws IOException {
        // given
        limits("create", "a", "--quota", "5/60s");
        clear();

        // when
        limits("inspect", "a", "-o", "json");

        // then
        assertThat(gateway.get("/v1/limits/a").json()).isEqualTo(new ObjectMapper().readTree(out.toString()));
    }

    @Test
    void saysHowToReachAGateway() throws IOException {
        // given
        String url;
        try (ServerSocket closed = new ServerSocket(0)) {
            url = "http://127.0.0.1:" + closed.getLocalPort();
        }

        // when
        int exitCode = run("ls", "--url", url);

        // then
        assertThat(exitCode).isEqualTo(69);
        assertThat(err.toString())
                .isEqualTo("limits ls: No gateway answers at " + url
                        + ": connection refused. Start one with 'limits serve',"
                        + " or name another with --url or LIMITS_URL" + System.lineSeparator());
    }

    @Test
    void neverPrintsASecret() throws IOException {
        // given
        Path token = Files.writeString(directory.resolve("token"), "one secret\nanother");

        // when
        int exitCode = run("ls", "--url", "http://127.0.0.1:1", "--token-file", token.toString());
        int second = run("ls", "--url", "http://user:secret@127.0.0.1:1");

        // then
        assertThat(exitCode).isEqualTo(64);
        assertThat(second).isEqualTo(69);
        assertThat(err.toString()).contains("--token-file is wrong: ").doesNotContain("secret");
    }

    private int limits(String... arguments) {
        return run(Stream.concat(
                        Arrays.stream(arguments),
                        Stream.of(
                                "--url", "http://127.0.0.1:" + gateway.server().port()))
                .toArray(String[]::new));
    }

    private int run(String... arguments) {
        return LimitsCommand.commandLine(arguments[0])
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(arguments);
    }

    private void clear() {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
    }
}
