package io.limitledger.gateway.cli;

import java.io.PrintWriter;
import java.nio.file.InvalidPathException;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** CommandLineMistakes in a command line, reported in one sentence with what comes nearest to what was meant. */
final class CommandLineMistakes {
    /** Part of the longer word's letters that may differ; beyond that it was another word. */
    private static final double MOST_DIFFERENT = 0.4;

    private static final List<String> LOG_LEVELS = List.of("OFF", "ERROR", "WARN", "INFO", "DEBUG", "TRACE");

    private CommandLineMistakes() {}

    /** Reports it, and returns the exit code. */
    static int report(ParameterException mistake, String... arguments) {
        CommandSpec command = mistake.getCommandLine().getCommandSpec();
        PrintWriter err = mistake.getCommandLine().getErr();
        String what = misspelt(mistake, command, arguments).orElseGet(() -> inWords(mistake, command));
        err.println(command.qualifiedName() + ": " + what + (what.endsWith("?") ? " " : ". ") + "See '"
                + command.qualifiedName() + " --help'.");
        err.flush();
        return command.exitCodeOnInvalidInput();
    }

    private static String inWords(ParameterException mistake, CommandSpec command) {
        if (mistake instanceof UnmatchedArgumentException unmatched
                && !unmatched.getUnmatched().isEmpty()) {
            return unmatched(unmatched.getUnmatched().get(0), command);
        }
        if (mistake.getCause() instanceof InvalidPathException path) {
            return "the path '" + path.getInput() + "' cannot be used: " + path.getReason()
                    + "; if it has letters that the locale does not know, set LC_ALL to one in UTF-8, such as C.UTF-8";
        }
        return String.valueOf(mistake.getMessage()).replaceFirst("\\.$", "");
    }

    /** What is wrong with the variable that says how much is logged; Logback would take anything else for DEBUG. */
    static Optional<String> inLogLevel(@Nullable String level) {
        return level == null || LOG_LEVELS.contains(level.toUpperCase(Locale.ROOT))
                ? Optional.empty()
                : Optional.of("LIMITS_LOG_LEVEL in the environment is '" + level + "'; it must be one of "
                        + String.join(", ", LOG_LEVELS));
    }

    /** An option that is missing may be there, misspelt: that says more. */
    private static Optional<String> misspelt(ParameterException mistake, CommandSpec command, String... arguments) {
        if (!(mistake instanceof MissingParameterException missing)) {
            return Optional.empty();
        }
        List<String> wanted = missing.getMissing().stream()
                .filter(OptionSpec.class::isInstance)
                .map(option -> ((OptionSpec) option).longestName())
                .toList();
        return Arrays.stream(arguments)
                .takeWhile(argument -> !argument.equals("--"))
                .map(argument -> argument.replaceFirst("=.*", ""))
                .filter(argument ->
                        argument.startsWith("-") && !command.optionsMap().containsKey(argument))
                .filter(argument -> nearest(argument, wanted.stream()).isPresent())
                .map(argument -> unmatched(argument, command))
                .findFirst();
    }

    private static String unmatched(String text, CommandSpec command) {
        if (text.startsWith("-")) {
            String option = text.replaceFirst("=.*", "");
            Stream<String> options = command.options().stream().map(OptionSpec::longestName);
            return "there is no option '" + option + "'"
                    + nearest(option, options).map(CommandLineMistakes::meant).orElse("");
        }
        Collection<String> commands = command.subcommands().keySet();
        if (commands.isEmpty()) {
            return "'" + text + "' is neither an option nor the value of one";
        }
        return "there is no command '" + text + "'"
                + nearest(text, commands.stream())
                        .map(CommandLineMistakes::meant)
                        .orElseGet(() -> ", only " + String.join(", ", commands));
    }

    private static String meant(String name) {
        return "; did you mean '" + name + "'?";
    }

    static Optional<String> nearest(String text, Stream<String> names) {
        String written = text.toLowerCase(Locale.ROOT);
        return names.filter(name ->
                        differences(written, name) <= MOST_DIFFERENT * Math.max(letters(written), letters(name)))
                .min(Comparator.comparingInt(name -> differences(written, name)));
    }

    private static int letters(String name) {
        return name.replaceFirst("^-+", "").length();
    }

    /** How many letters must be added, removed, replaced, or swapped with their neighbour. */
    private static int differences(String one, String other) {
        int[][] least = new int[one.length() + 1][other.length() + 1];
        for (int i = 0; i <= one.length(); i++) {
            for (int j = 0; j <= other.length(); j++) {
                least[i][j] = i == 0 || j == 0 ? i + j : least(least, one, other, i, j);
            }
        }
        return least[one.length()][other.length()];
    }

    private static int least(int[][] least, String one, String other, int i, int j) {
        int replaced = least[i - 1][j - 1] + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
        int added = Math.min(least[i - 1][j], least[i][j - 1]) + 1;
        boolean isSwapped =
                i > 1 && j > 1 && one.charAt(i - 1) == other.charAt(j - 2) && one.charAt(i - 2) == other.charAt(j - 1);
        return Math.min(Math.min(replaced, added), isSwapped ? least[i - 2][j - 2] + 1 : Integer.MAX_VALUE);
    }
}
