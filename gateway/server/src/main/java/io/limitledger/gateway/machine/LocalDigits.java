package io.limitledger.gateway.machine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * File names with digits of a language. Versions up to 0.1 let Kafka number its files in the digits of the machine's
 * locale (Thai, Arabic and others), and would not open them under another. They get their usual names before Kafka looks.
 */
public final class LocalDigits {
    /** Topic folders lie in Kafka's folder, and their files within. */
    private static final int DEPTH = 2;

    private LocalDigits() {}

    /** Renames them; leaves all others as they are. */
    public static void replace(Path directory) throws IOException {
        for (Path file : named(directory)) {
            Path usual = file.resolveSibling(usual(file.getFileName().toString()));
            if (Files.exists(usual)) {
                throw new StartException("In " + file.getParent() + " there are both " + file.getFileName() + " and "
                        + usual.getFileName() + ", written under two locales: move the older one away");
            }
            Files.move(file, usual);
        }
    }

    private static List<Path> named(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory, DEPTH)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> {
                        String name = file.getFileName().toString();
                        return !usual(name).equals(name);
                    })
                    .toList();
        }
    }

    static String usual(String name) {
        StringBuilder usual = new StringBuilder();
        name.codePoints()
                .map(point -> Character.isDigit(point) ? '0' + Character.digit(point, 10) : point)
                .forEach(usual::appendCodePoint);
        return usual.toString();
    }
}
