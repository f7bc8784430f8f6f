package io.limitledger.gateway.cli.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.limitledger.gateway.machine.StartException;
import io.limitledger.holder.Gateway;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class GatewayOptionsTest {
    @TempDir
    private Path folder;

    @Test
    void asksTheUsualGatewayWhereNothingIsSaid() {
        // when
        Gateway gateway = gateway(Map.of());

        // then
        assertThat(gateway).hasToString("http://127.0.0.1:8080");
        assertThat(gateway.authorization()).isNull();
    }

    @Test
    void takesFromTheEnvironmentWhatNoOptionSays() {
        // when
        Gateway gateway = gateway(Map.of("LIMITS_URL", "https://limits.example", "LIMITS_TOKEN", "a"));

        // then
        assertThat(gateway).hasToString("https://limits.example");
        assertThat(gateway.authorization()).isEqualTo("Bearer a");
    }

    @Test
    void prefersOptions() throws IOException {
        // given
        Path file = Files.writeString(folder.resolve("token"), "b\n");

        // when
        Gateway gateway = gateway(
                Map.of("LIMITS_URL", "https://limits.example", "LIMITS_TOKEN", "a"),
                "--url",
                "http://other.example",
                "--token-file",
                file.toString());

        // then
        assertThat(gateway).hasToString("http://other.example");
        assertThat(gateway.authorization()).isEqualTo("Bearer b");
    }

    @Test
    void namesTheOptionThatIsWrong() {
        assertThatThrownBy(() -> gateway(Map.of(), "--ca-file", "/nowhere"))
                .isInstanceOf(StartException.class)
                .hasMessage("--ca-file is wrong: the file /nowhere does not exist");
    }

    @Test
    void hasNoOptionForATokenWhichOthersWouldSee() {
        // when
        CommandLine command = new CommandLine(new GatewayOptions(Map.of()));

        // then
        assertThat(command.getCommandSpec().optionsMap())
                .doesNotContainKey("--token")
                .containsKey("--token-file");
    }

    private static Gateway gateway(Map<String, String> environment, String... arguments) {
        GatewayOptions options = new GatewayOptions(environment);
        new CommandLine(options).parseArgs(arguments);
        return options.gateway();
    }
}
