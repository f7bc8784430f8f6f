package io.limitledger.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is wrong in a command line is said in one sentence, before anything is started. */
class CommandLineMistakesTest {
    private final StringWriter output = new StringWriter();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "serve --prot 1 | limits serve: there is no option '--prot'; did you mean '--port'? See 'limits serve --help'.",
                "serve --data_dir=x | limits serve: there is no option '--data_dir'; did you mean '--data-dir'? See 'limits serve --help'.",
                "srve | limits: there is no command 'srve'; did you mean 'serve'? See 'limits --help'.",
                "serve x | limits serve: 'x' is neither an option nor the value of one. See 'limits serve --help'.",
                "serve --nothing-like-it | limits serve: there is no option '--nothing-like-it'. See 'limits serve --help'."
            })
    void shouldNameWhatComesNearest(String arguments, String said) {
        // when
        int exitCode = limits(arguments);

        // then
        assertThat(exitCode).isEqualTo(2);
        assertThat(output).hasToString(said + System.lineSeparator());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--lease 0s --limit a true | --lease is 0s; it must be 1s to 720h",
                "--lease 31d --limit a true | --lease is 744h; it must be 1s to 720h",
                "--wait 2h --limit a true | --wait is 2h; it must be 0s to 1h",
                "--slots 0 --limit a true | --slots is 0; it must be 1 to 2147483647",
                "--slots many --limit a true | 'many'",
                "--limit a/b true | --limit is 'a/b'",
                "--limit a --url foo true | --url is wrong: it must be an address such as http://127.0.0.1:8080, not 'foo'",
                "--limit a --url http://u:secret@h:x true | --url is wrong: it must be an address such as http://127.0.0.1:8080",
                "--limit a --url http://h --bootstrap-servers h:1 true | --url and --bootstrap-servers are both given",
                "--limit a --kafka-config no-such-file true | --kafka-config is no-such-file, which must hold properties of Kafka clients: it does not exist",
                "--limt a true | there is no option '--limt'; did you mean '--limit'?",
                "--limit a | 'PROGRAM'"
            })
    void shouldNameTheOptionOfRun(String arguments, String said) {
        // when
        int exitCode = limits("run " + arguments);

        // then
        assertThat(exitCode).isEqualTo(64);
        assertThat(output.toString())
                .startsWith("limits run: ")
                .contains(said)
                .endsWith("See 'limits run --help'." + System.lineSeparator())
                .doesNotContain("secret")
                .hasLineCount(1);
    }

    @Test
    void shouldNameHowManyLimitsAreHeldAtOnce() {
        // when
        int exitCode = limits("run " + "--limit a ".repeat(101) + "true");

        // then
        assertThat(exitCode).isEqualTo(64);
        assertThat(output.toString())
                .startsWith("limits run: --limit is given 101 times; at most 100 limits are held at once");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "serve --port 99999 | --port is 99999; it must be 1 to 65535, or 0 for any free port",
                "serve --port -1 | --port is -1; it must be",
                "gateway --host no.such.invalid --port 0 | --host is 'no.such.invalid', which is not an address of this machine",
                "serve --host 0.0.0.0 --port 0 | --host is 0.0.0.0, where other machines reach this gateway",
                "serve --host 0.0.0.0 --port 0 | Authenticate them with --auth token, or let them all in with --insecure-no-auth",
                "gateway --host :: --port 0 --bootstrap-servers h:1 | with --insecure-no-auth",
                "ledger --host 192.0.2.1 --port 0 | --host is '192.0.2.1', which is not an address of this machine",
                "serve --port 0 --kafka-port 99999 | --kafka-port is 99999; it must be",
                "serve --port 0 --kafka-port 18099 --auth token | with authentication each must sign in: name them with --kafka-users",
                "serve --port 0 --trusted-proxies nginx | --trusted-proxies is wrong: 'nginx' is not an address",
                "serve --port 0 --access-file access.yaml | --access-file has no effect without authentication: add --auth token",
                "serve --port 0 --new-admin-token | --new-admin-token has no effect without authentication",
                "serve --port 0 --auth token --insecure-no-auth | --auth and --insecure-no-auth exclude each other",
                "serve --port 0 --kafka-users users | which listens for others at --kafka-port only: name a port",
                "serve --port 0 --kafka-port 9 --bootstrap-servers h:1 | --kafka-port is the port of the embedded broker",
                "serve --port 0 --data-dir no,such | Kafka takes a comma for the end of a path"
            })
    void shouldSayWhatKeepsAServerFromStarting(String arguments, String said) {
        // when
        int exitCode = limits(arguments);

        // then
        assertThat(exitCode).isEqualTo(1);
        assertThat(output.toString()).contains(said).hasLineCount(1);
    }

    @Test
    void shouldNameTheVariableForTheLog() {
        // when
        Optional<String> mistake = CommandLineMistakes.inLogLevel("verbose");

        // then
        assertThat(mistake)
                .hasValue("LIMITS_LOG_LEVEL in the environment is 'verbose'; it must be one of OFF, ERROR, WARN, INFO,"
                        + " DEBUG, TRACE");
        assertThat(CommandLineMistakes.inLogLevel("info")).isEmpty();
    }

    @Test
    void shouldSayWhyAPathCannotBeUsed() {
        // when
        int exitCode = limits("serve --data-dir=a\0b");

        // then
        assertThat(exitCode).isEqualTo(2);
        assertThat(output.toString())
                .contains("cannot be used: Nul character not allowed")
                .doesNotContain("Exception");
    }

    @Test
    void shouldHelp() {
        // when
        int exitCode = limits("help run");

        // then
        assertThat(exitCode).isZero();
        assertThat(output.toString()).contains("limits run --limit NAME");
    }

    private int limits(String arguments) {
        PrintWriter writer = new PrintWriter(output);
        return LimitsCommand.commandLine("")
                .setOut(writer)
                .setErr(writer)
                .execute(Arrays.stream(arguments.split(" ")).toArray(String[]::new));
    }
}
