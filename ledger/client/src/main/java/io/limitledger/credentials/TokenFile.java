package io.limitledger.credentials;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * A file whose first line is a token, such as a mounted secret. Read again when it is replaced; while it is empty or away, the
 * last token stays in use.
 */
public final class TokenFile implements Supplier<String> {
    /** As much as a header may have; a token of an identity provider with many claims has a few thousand. */
    private static final int MOST_BYTES = 64 * 1_024;

    private final Path file;
    private final FileBacked<String> token;

    /**
     * Reads it.
     *
     * @throws IllegalArgumentException if it holds no token; the message names the file
     */
    public TokenFile(Path file, Consumer<RuntimeException> whenBroken) {
        this.file = file;
        this.token = new FileBacked<>(List.of(file), () -> read(file), whenBroken);
    }

    private static String read(Path file) {
        String token =
                PemFile.textOf(file, MOST_BYTES).lines().findFirst().orElse("").strip();
        if (token.isEmpty()) {
            throw new IllegalArgumentException(file + " is empty; its first line must be a token");
        }
        return token;
    }

    @Override
    public String get() {
        return token.get();
    }

    /** As it is now, whenever the file was looked at last. */
    public String getNow() {
        return token.getNow();
    }

    @Override
    public String toString() {
        return "the token in " + file;
    }
}
