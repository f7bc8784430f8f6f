package io.limitledger.gateway.cli.completion;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * What may follow a command.
 *
 * @param path its words behind {@code limits}; empty for {@code limits} itself
 * @param commands its commands, each with its description
 * @param takes what its other arguments are
 */
record Grammar(String path, List<Word> commands, List<Option> options, Kind takes) {
    private static final int LONGEST_DESCRIPTION = 70;

    /** A word, and what it does. */
    record Word(String text, String description) {}

    /** What an argument is, as far as a shell can help with it. */
    enum Kind {
        NOTHING,
        LIMIT,
        FILE,
        OTHER
    }

    /**
     * An option.
     *
     * @param names with their hyphens
     * @param kind what its value is; NOTHING for one without
     * @param values all that its value can be; empty if there are too many
     */
    record Option(List<String> names, String description, Kind kind, List<String> values) {}

    /** Of a command and all below it. */
    static List<Grammar> of(CommandSpec root) {
        List<Grammar> all = new ArrayList<>();
        add(root, "", all);
        return all;
    }

    private static void add(CommandSpec command, String path, List<Grammar> all) {
        List<Word> commands = command.subcommands().entrySet().stream()
                .filter(each -> !each.getValue().getCommandSpec().usageMessage().hidden())
                .map(each -> new Word(
                        each.getKey(),
                        brief(each.getValue().getCommandSpec().usageMessage().description())))
                .toList();
        List<Option> options = command.options().stream()
                .filter(option -> !option.hidden())
                .map(Grammar::option)
                .toList();
        Kind takes = command.positionalParameters().stream()
                .map(Grammar::kind)
                .filter(kind -> kind != Kind.OTHER)
                .findFirst()
                .orElse(Kind.OTHER);
        all.add(new Grammar(path, commands, options, command.name().equals("help") ? Kind.OTHER : takes));
        command.subcommands().forEach((name, below) -> {
            if (!below.getCommandSpec().usageMessage().hidden()) {
                add(below.getCommandSpec(), path.isEmpty() ? name : path + " " + name, all);
            }
        });
    }

    private static Option option(OptionSpec option) {
        return new Option(
                Arrays.asList(option.names()),
                brief(option.description()),
                option.arity().max() == 0 ? Kind.NOTHING : kind(option),
                values(option));
    }

    private static Kind kind(ArgSpec argument) {
        return switch (argument.paramLabel()) {
            case "NAME" -> Kind.LIMIT;
            case "FILE", "DIR" -> Kind.FILE;
            default -> argument.typeInfo().getType().equals(Path.class) ? Kind.FILE : Kind.OTHER;
        };
    }

    /** Those of a label such as {@code fifo|fair}, or the forms of an output. */
    private static List<String> values(OptionSpec option) {
        String label = option.paramLabel();
        if (label.matches("[a-z-]+(\\|[a-z-]+)+")) {
            return List.of(label.split("\\|"));
        }
        return option.typeInfo().isEnum()
                ? option.typeInfo().getEnumConstantNames().stream()
                        .map(name -> name.toLowerCase(Locale.ROOT).replace('_', '-'))
                        .toList()
                : List.of();
    }

    /** The first sentence, without what a shell could take for something else. */
    private static String brief(String... description) {
        String text = Arrays.stream(description).collect(Collectors.joining(" "));
        String first = text.split("[.;:(]( |$)", 2)[0]
                .replaceAll("[^\\p{Alnum} ,/-]", "")
                .strip();
        return first.length() <= LONGEST_DESCRIPTION
                ? first
                : first.substring(0, first.lastIndexOf(' ', LONGEST_DESCRIPTION));
    }
}
