package io.limitledger.gateway.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.limitledger.gateway.machine.StartException;
import io.limitledger.topics.Role;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BrokerUsersFileTest {
    @TempDir
    private Path directory;

    @Test
    void shouldReadAUserFromEachLine() throws Exception {
        // given
        Path file = file("# of the team\n\nbilling producer 0123456789abcdef\nworker\tholder  correct horse battery\n");

        // when
        List<BrokerUser> users = BrokerUsersFile.read("--kafka-users", file);

        // then
        assertThat(users)
                .containsExactly(
                        new BrokerUser("billing", Role.PRODUCER, "0123456789abcdef"),
                        new BrokerUser("worker", Role.HOLDER, "correct horse battery"));
        assertThat(users.toString()).doesNotContain("0123456789abcdef");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "billing producer | must be 'NAME ROLE PASSWORD'",
                "billing admin s3cret-s3cret-s3cret | its second word must be a role: gateway, gatekeeper, auditor, producer or holder",
                "billing ledger s3cret-s3cret-s3cret | the ledger of this broker runs in its process",
                "billing producer s3cret | has 6 characters; it must have 16 or more",
                "limits producer s3cret-s3cret-s3cret | choose another",
                "a.b producer s3cret-s3cret-s3cret | must begin with a letter"
            })
    void shouldNameTheLineThatIsWrongAndNoPassword(String line, String said) throws Exception {
        // given
        Path file = file("# first\n" + line);

        // when
        assertThatThrownBy(() -> BrokerUsersFile.read("--kafka-users", file))
                // then
                .isInstanceOf(StartException.class)
                .hasMessageContaining("--kafka-users is " + file + ", whose line 2")
                .hasMessageContaining(said)
                .hasMessageNotContaining("s3cret");
    }

    @Test
    void shouldRefuseANameThatIsThereTwice() throws Exception {
        // given
        Path file = file("billing producer 0123456789abcdef\nbilling auditor 0123456789abcdef");

        // when
        assertThatThrownBy(() -> BrokerUsersFile.read("--kafka-users", file))
                // then
                .hasMessageContaining("line 2 has the name 'billing' a second time");
    }

    @Test
    void shouldSayThatTheFileDoesNotExist() {
        // when
        assertThatThrownBy(() -> BrokerUsersFile.read("--kafka-users", directory.resolve("none")))
                // then
                .isInstanceOf(StartException.class)
                .hasMessageContaining("it does not exist");
    }

    private Path file(String text) throws Exception {
        return Files.writeString(directory.resolve("users"), text);
    }
}
