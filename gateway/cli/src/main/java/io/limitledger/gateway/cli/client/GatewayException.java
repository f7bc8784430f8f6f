package io.limitledger.gateway.cli.client;

import io.limitledger.gateway.program.ExitCode;
import java.io.Serial;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** A gateway could not be asked, or did not do what it was asked for. The message is one line for people. */
public final class GatewayException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1;

    private static final int NO_ANSWER = 0;

    private final int status;
    private final transient @Nullable JsonObject problem;

    private GatewayException(String message, int status, @Nullable JsonObject problem) {
        super(message);
        this.status = status;
        this.problem = problem;
    }

    /** No HTTP answer that could be read. */
    static GatewayException unreachable(String message) {
        return new GatewayException(message, NO_ANSWER, null);
    }

    /** An answer that is a problem (RFC 9457). */
    static GatewayException of(int status, JsonObject problem) {
        return new GatewayException(inWords(status, problem), status, problem);
    }

    /** An answer that is not one of a gateway. */
    static GatewayException foreign(int status, String message) {
        return new GatewayException(message, status, null);
    }

    /** What a future failed with, if a gateway had to do with it; null for any other failure. */
    public static @Nullable GatewayException in(@Nullable Throwable failure) {
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        return cause instanceof GatewayException known ? known : null;
    }

    /** The status of HTTP; 0 without an answer. */
    public int status() {
        return status;
    }

    /** Whether it may be different in a moment, and nothing was done. */
    public boolean isPassing() {
        return status == 503;
    }

    /** The last part of the problem's type, such as {@code limit-full}; empty if there is no problem. */
    public String type() {
        String type = problem == null ? "" : problem.requiredText("type");
        return type.substring(type.lastIndexOf('/') + 1);
    }

    /** When it is worth asking again, in seconds; 1 if it was not said. */
    public double retryAfterSeconds() {
        return problem == null || !problem.has("retryAfterSeconds")
                ? 1
                : problem.numberOrZero("retryAfterSeconds").doubleValue();
    }

    /** The mistakes of the request: {@code field} and {@code message}. */
    public List<JsonObject> mistakes() {
        return problem == null ? List.of() : problem.objects("errors");
    }

    public int exitCode() {
        return switch (status) {
            case 401, 403 -> ExitCode.NO_PERMISSION;
            case 404, 410 -> ExitCode.NO_INPUT;
            case 429, 503, 504 -> ExitCode.TEMPORARY_FAILURE;
            default -> status >= 400 && status < 500 ? ExitCode.USAGE : ExitCode.UNAVAILABLE;
        };
    }

    private static String inWords(int status, JsonObject problem) {
        String detail = problem.text("detail");
        String title = problem.text("title");
        String what = detail != null ? detail : title != null ? title : "the gateway answered with status " + status;
        String retry = problem.has("retryAfterSeconds")
                ? String.format(
                        Locale.ROOT,
                        "; try again in %s",
                        Ages.ofSeconds(problem.numberOrZero("retryAfterSeconds").doubleValue()))
                : "";
        return Printable.of(what + retry + hint(status));
    }

    private static String hint(int status) {
        return switch (status) {
            case 401 -> ". Set LIMITS_TOKEN or LIMITS_TOKEN_FILE, or use --token-file";
            case 403 -> ". Ask an administrator for the right, or use another token";
            default -> "";
        };
    }
}
