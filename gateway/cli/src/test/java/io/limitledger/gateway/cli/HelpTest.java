package io.limitledger.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.limitledger.gateway.cli.client.ClientCommand;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** Help of the commands that ask a gateway: each has examples, and every example is a command line that is understood. */
class HelpTest {
    private static final String COMMAND = "(?:^|.*?[ (|])limits ([a-z-]+[^|)>]*).*";

    static Stream<String> commands() {
        return LimitsCommand.commandLine("").getSubcommands().entrySet().stream()
                .filter(command ->
                        command.getValue().getCommandSpec().usageMessage().footer().length > 0)
                .map(command -> command.getKey());
    }

    @ParameterizedTest
    @MethodSource("commands")
    void understandsItsOwnExamples(String name) {
        // given
        CommandSpec command =
                LimitsCommand.commandLine(name).getSubcommands().get(name).getCommandSpec();
        List<String> examples = Arrays.stream(command.usageMessage().footer())
                .filter(line -> line.startsWith("  "))
                .map(line -> line.replaceFirst(COMMAND, "$1"))
                .toList();

        // then
        for (String example : examples) {
            String[] words = example.strip().split(" +");
            CommandLine limits = LimitsCommand.commandLine(words[0]);
            assertThat(limits.parseArgs(words).subcommand().commandSpec().name())
                    .isEqualTo(words[0]);
        }
    }

    @Test
    void everyCommandThatAsksAGatewayHasExamplesAndExitCodes() {
        // when
        List<CommandSpec> without = LimitsCommand.commandLine("").getSubcommands().values().stream()
                .map(CommandLine::getCommandSpec)
                .filter(command -> command.userObject() instanceof ClientCommand)
                .filter(command -> command.usageMessage().footer().length < 2
                        || command.usageMessage().exitCodeList().isEmpty())
                .toList();

        // then
        assertThat(without).isEmpty();
    }

    @Test
    void makesOnlyTheCommandThatIsCalled() {
        assertThat(LimitsCommand.commandLine("ls").getSubcommands()).containsOnlyKeys("ls");
    }

    @Test
    void printsItsHelp() {
        // given
        StringWriter out = new StringWriter();

        // when
        int exitCode =
                LimitsCommand.commandLine("enable").setOut(new PrintWriter(out)).execute("enable", "--help");

        // then
        assertThat(exitCode).isZero();
        assertThat(out.toString())
                .startsWith("Usage: limits enable ")
                .contains(
                        "Let limits bound again.",
                        "  66   the limit, the lease or the file does not exist",
                        "  limits enable database");
    }
}
