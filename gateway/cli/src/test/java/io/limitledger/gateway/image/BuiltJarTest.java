package io.limitledger.gateway.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/**
 * A server runs from {@code limits.jar} while it is built anew: the classes that it has not loaded yet must stay where they
 * are in the file. So the build packs another file and renames it.
 */
class BuiltJarTest {
    @Test
    void theBuildNeverWritesIntoTheJarOfARunningServer() throws Exception {
        // given
        String pom = Files.readString(Path.of("pom.xml"));

        // then
        assertThat(pom.split("<outputFile>", -1)).hasSize(2);
        assertThat(pom)
                .contains("<outputFile>${project.basedir}/../target/limits.jar.new</outputFile>")
                .contains("<move file=\"${project.basedir}/../target/limits.jar.new\""
                        + " tofile=\"${project.basedir}/../target/limits.jar\" force=\"true\" />");
    }
}
