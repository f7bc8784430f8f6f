package io.limitledger.gateway.cli.file;

import java.io.Serial;

/** A file cannot be read; the message says which, and why. */
final class UnreadableFileException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1;

    UnreadableFileException(String message) {
        super(message);
    }
}
