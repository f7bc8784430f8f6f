package io.limitledger.gateway.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.limitledger.gateway.machine.StartException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProgramCommandTest {
    private static final byte[] UMLAUT = "\u00fcber.txt".getBytes(StandardCharsets.UTF_8);

    @Test
    void shouldStartTheProgramItselfWhereTheLocaleKeepsItsArguments() {
        // given
        List<String> program = List.of("cat", "\u00fcber.txt");

        // when
        List<String> command = ProgramCommand.of(program, List.of(bytes("cat"), UMLAUT), StandardCharsets.UTF_8);

        // then
        assertThat(command).isEqualTo(program);
    }

    @Test
    void shouldPassOnEveryByteThatTheLocaleDoesNotKnow() throws Exception {
        // given
        byte[] odd = {'a', (byte) 0xFF, '\\', '\'', '\n', (byte) 0x80, '%', '\n', '\n'};
        List<String> program = List.of("printf", "[%s]", "plain \\0 $x", "\uFFFD", "??ber.txt");
        List<byte[]> given = List.of(bytes("printf"), bytes("[%s]"), bytes("plain \\0 $x"), odd, UMLAUT);

        // when
        Process process = new ProcessBuilder(ProgramCommand.of(program, given, StandardCharsets.US_ASCII)).start();
        byte[] printed = process.getInputStream().readAllBytes();

        // then
        assertThat(printed).isEqualTo(join(bytes("[plain \\0 $x]["), odd, bytes("]["), UMLAUT, bytes("]")));
        assertThat(process.waitFor()).isZero();
    }

    @Test
    void shouldRefuseWhereTheBytesAreNotKnown() {
        // given
        Charset ascii = StandardCharsets.US_ASCII;

        // when
        assertThatThrownBy(() -> ProgramCommand.of(List.of("cat", "\uFFFDber.txt"), List.of(), ascii))
                // then
                .isInstanceOf(StartException.class)
                .hasMessageContaining("set LC_ALL to a locale in UTF-8");
    }

    @Test
    void shouldFindTheArgumentsInACommandLine() {
        // when
        List<byte[]> arguments = GivenArguments.split(bytes("java\0run\0\0\0a b\0"));

        // then
        assertThat(arguments).containsExactly(bytes("java"), bytes("run"), bytes(""), bytes(""), bytes("a b"));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static byte[] join(byte[]... parts) {
        StringBuilder all = new StringBuilder();
        for (byte[] part : parts) {
            all.append(new String(part, StandardCharsets.ISO_8859_1));
        }
        return bytes(all.toString());
    }
}
