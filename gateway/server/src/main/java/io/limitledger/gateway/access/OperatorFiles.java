package io.limitledger.gateway.access;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The files of the operator that have tokens and rights: {@code --access-file} and {@code --admin-token-file}. They are read again when
 * they change; while they have mistakes, what they had before holds.
 */
public final class OperatorFiles implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(OperatorFiles.class);

    /** The name of the token in {@code --admin-token-file}. */
    public static final String ADMIN_FILE_TOKEN = "admin-file";

    /** A change is in force everywhere within a second, or soon after. */
    private static final Duration LOOK_EVERY = Duration.ofMillis(500);

    private final @Nullable Path accessFile;
    private final @Nullable Path adminTokenFile;
    private final AccessBook book;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "files of access");
        thread.setDaemon(true);
        return thread;
    });
    private List<String> seen = List.of();

    private OperatorFiles(AccessSettings settings, AccessBook book) {
        this.accessFile = settings.accessFile();
        this.adminTokenFile = settings.adminTokenFile();
        this.book = book;
    }

    /**
     * Reads the files into the book, and follows them.
     *
     * @throws IllegalArgumentException if they have mistakes
     * @throws IOException if they cannot be read
     */
    public static OperatorFiles follow(AccessSettings settings, AccessBook book) throws IOException {
        OperatorFiles files = new OperatorFiles(settings, book);
        files.read(files.texts());
        var unused = files.timer.scheduleWithFixedDelay(
                files::look, LOOK_EVERY.toMillis(), LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS);
        return files;
    }

    private void look() {
        try {
            List<String> texts = texts();
            if (!texts.equals(seen)) {
                // Before it is read, so that a mistake is logged once.
                seen = texts;
                read(texts);
                LOG.info("Read tokens and rights again from {}", names());
            }
        } catch (IOException | RuntimeException e) {
            report(e);
        }
    }

    private String reported = "";

    private void report(Exception failure) {
        String message = String.valueOf(failure.getMessage());
        if (!message.equals(reported)) {
            reported = message;
            LOG.error("Tokens and rights stay as they were before {} changed: {}", names(), message);
        }
    }

    private String names() {
        List<String> names = new ArrayList<>();
        if (accessFile != null) {
            names.add(accessFile.toString());
        }
        if (adminTokenFile != null) {
            names.add(adminTokenFile.toString());
        }
        return String.join(" and ", names);
    }

    private List<String> texts() throws IOException {
        return List.of(text(accessFile), text(adminTokenFile));
    }

    private static String text(@Nullable Path file) throws IOException {
        return file == null ? "" : Files.readString(file, StandardCharsets.UTF_8);
    }

    private void read(List<String> texts) {
        Instant now = Instant.now();
        FixedAccess access = accessFile == null
                ? FixedAccess.NONE
                : AccessFile.parse(String.valueOf(accessFile.getFileName()), texts.get(0), now);
        if (adminTokenFile != null) {
            access = access.with(admin(texts.get(1).strip(), now));
        }
        book.fix(access);
        seen = texts;
        reported = "";
    }

    private AccessToken admin(String text, Instant now) {
        try {
            return AccessToken.of(
                    ADMIN_FILE_TOKEN,
                    List.of(new Allowed(Right.ADMIN, NamePattern.ALL)),
                    TokenText.parse(text).hash(),
                    now,
                    null,
                    null);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "--admin-token-file is " + adminTokenFile + ", which must have one token and"
                            + " nothing else, but " + e.getMessage(),
                    e);
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
