package io.limitledger.gateway.process;

import io.limitledger.gateway.access.AccessAdmin;
import io.limitledger.gateway.access.AccessAdmin.NewToken;
import io.limitledger.gateway.access.AccessBook;
import io.limitledger.gateway.access.AccessSettings;
import io.limitledger.gateway.access.AccessSettings.Way;
import io.limitledger.gateway.access.OperatorFiles;
import io.limitledger.gateway.access.TokenText;
import io.limitledger.gateway.access.kafka.KafkaAccess;
import io.limitledger.gateway.machine.FileFailure;
import io.limitledger.gateway.machine.PrivateFiles;
import io.limitledger.gateway.machine.StartException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where the tokens and rights of a gateway come from: the topic, and the operator's files. */
final class KeptAccess implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(KeptAccess.class);

    /** As long as is waited for Kafka at a start. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final OperatorFiles files;
    private final KafkaAccess log;
    private final AccessAdmin admin;
    private @Nullable NewToken newToken;

    private KeptAccess(OperatorFiles files, KafkaAccess log, AccessAdmin admin) {
        this.files = files;
        this.log = log;
        this.admin = admin;
    }

    /** Returns when the book has all tokens and rights: before, one that is not read yet would pass for unknown. */
    static KeptAccess start(AccessSettings settings, Map<String, Object> kafka, AccessBook book, Clock clock) {
        OperatorFiles files = files(settings, book);
        KafkaAccess log = KafkaAccess.start(kafka, book);
        KeptAccess kept = new KeptAccess(files, log, new AccessAdmin(book, log, clock));
        try {
            await(log.caughtUp(), "read tokens and rights");
            kept.newToken = kept.createToken(settings);
            return kept;
        } catch (RuntimeException e) {
            kept.close();
            throw e;
        }
    }

    private static OperatorFiles files(AccessSettings settings, AccessBook book) {
        try {
            Path adminTokenFile = settings.adminTokenFile();
            if (adminTokenFile != null) {
                prepare(adminTokenFile);
            }
            return OperatorFiles.follow(settings, book);
        } catch (IOException e) {
            throw new StartException("Could not read a file with tokens: " + FileFailure.inWords(e), e);
        } catch (IllegalArgumentException e) {
            throw new StartException(String.valueOf(e.getMessage()), e);
        }
    }

    private static void prepare(Path adminTokenFile) throws IOException {
        if (!Files.exists(adminTokenFile)) {
            PrivateFiles.write(
                    adminTokenFile, TokenText.random(new SecureRandom()).secret() + "\n");
            LOG.info("Made a token that may do everything in {}", adminTokenFile);
        } else if (PrivateFiles.isOpenToAll(adminTokenFile)) {
            LOG.warn(
                    "Every user of this machine may read {}, which has a token that may do everything: chmod 600 {}",
                    adminTokenFile,
                    adminTokenFile);
        }
    }

    /** A token for the first administrator, where no one could get in otherwise; or for one who is locked out. */
    private @Nullable NewToken createToken(AccessSettings settings) {
        if (settings.isAdminReplaced()) {
            return await(admin.replaceAdmin(), "replace the token 'admin'");
        }
        boolean isFirst = settings.ways().contains(Way.TOKEN)
                && settings.accessFile() == null
                && settings.adminTokenFile() == null
                && admin.book().tokens().isEmpty();
        return isFirst ? await(admin.createFirst(), "create the first token").orElse(null) : null;
    }

    private static <T> T await(CompletableFuture<T> done, String what) {
        try {
            return done.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
        } catch (CompletionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new StartException("Could not " + what + ": " + cause.getMessage(), cause);
        }
    }

    AccessAdmin admin() {
        return admin;
    }

    Optional<NewToken> newToken() {
        return Optional.ofNullable(newToken);
    }

    void noteUse(String token, Instant at) {
        log.noteUse(token, at);
    }

    /** Whether changes at other gateways are in force here. */
    boolean isReady() {
        return log.isReady();
    }

    @Override
    public void close() {
        files.close();
        log.close();
    }
}
