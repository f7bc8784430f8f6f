package io.limitledger.gateway.program;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProgramFileTest {
    @TempDir
    private Path directory;

    @Test
    void shouldFindAProgramInThePath() throws Exception {
        // given
        Path program = Files.createFile(directory.resolve("work"));
        assertThat(program.toFile().setExecutable(true)).isTrue();

        // when
        ProgramFile.Problem problem = ProgramFile.problemOf("work", "/nowhere:" + directory);

        // then
        assertThat(problem).isNull();
    }

    @Test
    void shouldSayThatTheProgramDoesNotExist() {
        // when
        ProgramFile.Problem problem = ProgramFile.problemOf("no-such-program", directory.toString());

        // then
        assertThat(problem)
                .isEqualTo(new ProgramFile.Problem(127, "cannot run 'no-such-program': no such program in PATH"));
    }

    @Test
    void shouldSayThatAFileIsNoProgram() throws Exception {
        // given
        Path text = Files.createFile(directory.resolve("text"));

        // when
        ProgramFile.Problem problem = ProgramFile.problemOf(text.toString(), "");

        // then
        assertThat(problem.exitCode()).isEqualTo(126);
        assertThat(problem.inWords()).endsWith("the file may not be executed by this user");
    }
}
