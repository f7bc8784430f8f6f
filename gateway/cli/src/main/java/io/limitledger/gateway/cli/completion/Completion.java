package io.limitledger.gateway.cli.completion;

import io.limitledger.gateway.cli.completion.Grammar.Kind;
import io.limitledger.gateway.cli.completion.Grammar.Option;
import io.limitledger.gateway.cli.completion.Grammar.Word;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;

/** Scripts that complete commands, options, their values, files, and the names of the limits that there are. */
public final class Completion {
    private static final String NAMES = "limits ls -o name --prefix";

    private Completion() {}

    /** For bash: to be sourced, or kept in {@code bash-completion/completions/limits}. */
    public static String bash(CommandSpec limits) {
        return """
                # Completion of limits for bash.
                _limits() {
                    local word path="" i current="${COMP_WORDS[COMP_CWORD]}" before="${COMP_WORDS[COMP_CWORD-1]}"
                    local commands="" options="" takes=other
                    for ((i = 1; i < COMP_CWORD; i++)); do
                        word="${COMP_WORDS[i]}"
                        case "${path:+$path }$word" in
                            %s) path="${path:+$path }$word" ;;
                        esac
                    done
                    COMPREPLY=()
                    case "$path:$before" in
                %s    esac
                    case "$path" in
                %s    esac
                    if [[ "$current" == -* ]]; then
                        COMPREPLY=($(compgen -W "$options" -- "$current"))
                    elif [[ -n "$commands" ]]; then
                        COMPREPLY=($(compgen -W "$commands" -- "$current"))
                    elif [[ "$takes" == limit ]]; then
                        mapfile -t COMPREPLY < <(%s "$current" 2> /dev/null)
                    elif [[ "$takes" == file ]]; then
                        COMPREPLY=($(compgen -f -- "$current"))
                    fi
                }
                complete -o filenames -F _limits limits
                """.formatted(paths(limits), values(limits, Completion::bashValue), words(limits), NAMES);
    }

    /** For zsh: to be sourced after {@code compinit}, or kept as {@code _limits} in a folder of {@code fpath}. */
    public static String zsh(CommandSpec limits) {
        return """
                #compdef limits
                # Completion of limits for zsh.
                _limits() {
                    local word at="" current="$words[CURRENT]" before="$words[CURRENT-1]" takes=other
                    local -a commands options values
                    for word in ${words[2,CURRENT-1]}; do
                        case "${at:+$at }$word" in
                            %s) at="${at:+$at }$word" ;;
                        esac
                    done
                    case "$at:$before" in
                %s    esac
                    case "$at" in
                %s    esac
                    if [[ "$current" == -* ]]; then
                        _describe -o option options
                    elif (( $#commands )); then
                        _describe command commands
                    elif [[ "$takes" == limit ]]; then
                        values=(${(f)"$(%s "$current" 2> /dev/null)"})
                        compadd -a values
                    elif [[ "$takes" == file ]]; then
                        _files
                    fi
                }
                if [ "$funcstack[1]" = "_limits" ]; then _limits "$@"; else compdef _limits limits; fi
                """.formatted(paths(limits), values(limits, Completion::zshValue), describedWords(limits), NAMES);
    }

    /** For fish: to be sourced, or kept as {@code completions/limits.fish}. */
    public static String fish(CommandSpec limits) {
        List<Grammar> all = Grammar.of(limits);
        return """
                # Completion of limits for fish.
                function __limits_at
                    set -l path ""
                    for word in (commandline -opc)[2..-1]
                        set -l longer (string trim -- "$path $word")
                        if contains -- "$longer" %s
                            set path $longer
                        end
                    end
                    test "$path" = "$argv[1]"
                end
                function __limits_names
                    %s (commandline -ct) 2> /dev/null
                end
                complete -c limits -f
                %s""".formatted(
                        all.stream()
                                .map(Grammar::path)
                                .filter(path -> !path.isEmpty())
                                .map(path -> "'" + path + "'")
                                .collect(Collectors.joining(" ")),
                        NAMES,
                        all.stream().flatMap(Completion::fishLines).collect(Collectors.joining()));
    }

    private static Stream<String> fishLines(Grammar grammar) {
        String at = "complete -c limits -n '__limits_at \"" + grammar.path() + "\"'";
        Stream<String> commands = grammar.commands().stream()
                .map(word -> at + " -a '" + word.text() + "' -d '" + word.description() + "'\n");
        Stream<String> options = grammar.options().stream().map(option -> at + fishOption(option) + "\n");
        String takes = switch (grammar.takes()) {
            case LIMIT -> at + " -a '(__limits_names)'\n";
            case FILE -> at + " -F\n";
            default -> "";
        };
        return Stream.concat(Stream.concat(commands, options), Stream.of(takes));
    }

    private static String fishOption(Option option) {
        String names = option.names().stream()
                .map(name -> name.startsWith("--") ? " -l " + name.substring(2) : " -s " + name.substring(1))
                .collect(Collectors.joining());
        String value = switch (option.kind()) {
            case NOTHING -> "";
            case FILE -> " -r -F";
            case LIMIT -> " -x -a '(__limits_names)'";
            case OTHER -> option.values().isEmpty() ? " -x" : " -x -a '" + String.join(" ", option.values()) + "'";
        };
        return names + value + " -d '" + option.description() + "'";
    }

    /** A pattern of all commands, as {@code case} has it. */
    private static String paths(CommandSpec limits) {
        return Grammar.of(limits).stream()
                .map(Grammar::path)
                .filter(path -> !path.isEmpty())
                .map(path -> '"' + path + '"')
                .collect(Collectors.joining("|"));
    }

    private interface Value {
        String of(Option option);
    }

    /** What follows an option that has a value, for each command. */
    private static String values(CommandSpec limits, Value value) {
        StringBuilder lines = new StringBuilder();
        for (Grammar grammar : Grammar.of(limits)) {
            for (Option option : grammar.options()) {
                if (option.kind() != Kind.NOTHING) {
                    String patterns = option.names().stream()
                            .map(name -> '"' + grammar.path() + ":" + name + '"')
                            .collect(Collectors.joining("|"));
                    lines.append("        ")
                            .append(patterns)
                            .append(") ")
                            .append(value.of(option))
                            .append(" return ;;\n");
                }
            }
        }
        return lines.toString();
    }

    private static String bashValue(Option option) {
        return switch (option.kind()) {
            case LIMIT -> "mapfile -t COMPREPLY < <(" + NAMES + " \"$current\" 2> /dev/null);";
            case FILE -> "COMPREPLY=($(compgen -f -- \"$current\"));";
            default ->
                option.values().isEmpty()
                        ? ""
                        : "COMPREPLY=($(compgen -W \"" + String.join(" ", option.values()) + "\" -- \"$current\"));";
        };
    }

    private static String zshValue(Option option) {
        return switch (option.kind()) {
            case LIMIT -> "values=(${(f)\"$(" + NAMES + " \"$current\" 2> /dev/null)\"}); compadd -a values;";
            case FILE -> "_files;";
            default -> option.values().isEmpty() ? "" : "compadd " + String.join(" ", option.values()) + ";";
        };
    }

    private static String words(CommandSpec limits) {
        return each(
                limits,
                grammar -> "commands=\""
                        + grammar.commands().stream().map(Word::text).collect(Collectors.joining(" "))
                        + "\"; options=\""
                        + grammar.options().stream()
                                .flatMap(option -> option.names().stream())
                                .collect(Collectors.joining(" "))
                        + "\"");
    }

    private static String describedWords(CommandSpec limits) {
        return each(
                limits,
                grammar -> "commands=("
                        + grammar.commands().stream()
                                .map(word -> "'" + word.text() + ":" + word.description() + "'")
                                .collect(Collectors.joining(" "))
                        + "); options=("
                        + grammar.options().stream()
                                .flatMap(option -> option.names().stream()
                                        .map(name -> "'" + name + ":" + option.description() + "'"))
                                .collect(Collectors.joining(" "))
                        + ")");
    }

    private interface Line {
        String of(Grammar grammar);
    }

    private static String each(CommandSpec limits, Line line) {
        return Grammar.of(limits).stream()
                .map(grammar -> "        \"" + grammar.path() + "\") " + line.of(grammar) + "; takes="
                        + grammar.takes().name().toLowerCase(Locale.ROOT) + " ;;\n")
                .collect(Collectors.joining());
    }
}
