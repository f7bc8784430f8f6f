package io.limitledger.gateway.cli.command;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads words of the interface as command lines have them: {@code replace-oldest}; {@code replaceOldest} is understood as well. */
abstract class HyphenatedWord<E extends Enum<E>> implements ITypeConverter<E> {
    private final Class<E> type;

    HyphenatedWord(Class<E> type) {
        this.type = type;
    }

    @Override
    public E convert(String text) {
        return Arrays.stream(type.getEnumConstants())
                .filter(word -> letters(word.name()).equals(letters(text)))
                .findFirst()
                .orElseThrow(() -> new TypeConversionException("expected " + words() + ", but got '" + text + "'"));
    }

    private String words() {
        return Arrays.stream(type.getEnumConstants())
                .map(word -> word.name().toLowerCase(Locale.ROOT).replace('_', '-'))
                .collect(Collectors.joining(" or "));
    }

    private static String letters(String text) {
        return text.toLowerCase(Locale.ROOT).replaceAll("[-_]", "");
    }
}
