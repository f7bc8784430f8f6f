package io.limitledger.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Properties;
import org.junit.jupiter.api.Test;

class BuiltVersionTest {
    @Test
    void shouldNameTheVersionOfTheBuild() {
        // when
        String[] version = new BuiltVersion().getVersion();

        // then
        assertThat(version)
                .singleElement()
                .asString()
                .matches("limits \\d+\\.\\d+\\.\\d+(-SNAPSHOT)?( \\([0-9a-f]{7,}\\))?");
    }

    @Test
    void shouldNameTheCommit() {
        // given
        Properties built = new Properties();
        built.setProperty("git.build.version", "1.2.3");
        built.setProperty("git.commit.id.abbrev", "0123abc");

        // when
        String version = BuiltVersion.inWords(built);

        // then
        assertThat(version).isEqualTo("limits 1.2.3 (0123abc)");
    }
}
