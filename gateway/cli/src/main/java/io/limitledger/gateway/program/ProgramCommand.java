package io.limitledger.gateway.program;

import io.limitledger.gateway.machine.StartException;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What to start so that the program gets its arguments byte for byte. Java can pass on only what its locale knows; other
 * arguments go to {@code sh} with their bytes spelled in ASCII, which spells them out and becomes the program.
 */
final class ProgramCommand {
    private final List<String> program;
    private final List<byte[]> given;
    private final Charset charset;

    private ProgramCommand(List<String> program, List<byte[]> given, Charset charset) {
        this.program = program;
        this.given = given;
        this.charset = charset;
    }

    /**
     * The command for the last arguments of this process.
     *
     * @throws StartException if they cannot be passed on as they are
     */
    static List<String> of(List<String> program) {
        return of(program, GivenArguments.last(program.size()), GivenArguments.ofNewProcesses());
    }

    /**
     * The command.
     *
     * @param program the arguments as Java knows them
     * @param given the same as bytes; empty where the system does not show them
     * @param charset that Java encodes the arguments of a new process with
     */
    static List<String> of(List<String> program, List<byte[]> given, Charset charset) {
        ProgramCommand command = new ProgramCommand(program, given, charset);
        if (given.size() == program.size()) {
            return command.isKept() ? program : command.throughShell();
        }
        if (!command.canBeEncoded()) {
            throw new StartException("an argument of the program has characters that the locale (" + charset
                    + ") cannot pass on: set LC_ALL to a locale in UTF-8, such as C.UTF-8");
        }
        return program;
    }

    private boolean isKept() {
        for (int i = 0; i < program.size(); i++) {
            if (!isKept(i)) {
                return false;
            }
        }
        return true;
    }

    private boolean isKept(int argument) {
        return Arrays.equals(program.get(argument).getBytes(charset), given.get(argument));
    }

    private boolean canBeEncoded() {
        return program.stream().allMatch(text -> charset.newEncoder().canEncode(text) && text.indexOf('\uFFFD') < 0);
    }

    private List<String> throughShell() {
        List<String> command = new ArrayList<>(List.of("/bin/sh", "-c", script(System.getenv()), "sh"));
        for (int i = 0; i < program.size(); i++) {
            command.add(isKept(i) ? program.get(i) : octal(given.get(i)));
        }
        return command;
    }

    /**
     * Spells out what is spelled, and becomes the program. The dot keeps line ends at the end of an argument, which the
     * shell would take off. Variables that a shell sets by itself are taken out again.
     */
    private String script(Map<String, String> environment) {
        StringBuilder spelled = new StringBuilder();
        StringBuilder exec = new StringBuilder("exec");
        for (int i = 0; i < program.size(); i++) {
            int position = i + 1;
            if (isKept(i)) {
                exec.append(" \"${").append(position).append("}\"");
            } else {
                String name = "limits_" + position;
                spelled.append("%1$s=$(printf '%%b.' \"${%2$d}\")\n".formatted(name, position));
                exec.append(" \"${").append(name).append("%.}\"");
            }
        }
        for (String name : List.of("PWD", "OLDPWD", "SHLVL")) {
            if (!environment.containsKey(name)) {
                spelled.append("unset ").append(name).append('\n');
            }
        }
        return spelled.append(exec).toString();
    }

    private static String octal(byte[] bytes) {
        StringBuilder text = new StringBuilder();
        for (byte one : bytes) {
            text.append(String.format(Locale.ROOT, "\\0%03o", one & 0xFF));
        }
        return text.toString();
    }
}
