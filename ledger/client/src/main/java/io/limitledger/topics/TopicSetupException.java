package io.limitledger.topics;

/** The topics could not be made or looked at. The message says what was tried, where, and what came instead. */
public class TopicSetupException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public TopicSetupException(String message) {
        super(message);
    }

    public TopicSetupException(String message, Throwable cause) {
        super(message, cause);
    }
}
