package io.limitledger.gateway.http.v1;

import com.fasterxml.jackson.databind.JsonNode;
import io.limitledger.gateway.access.AccessAdmin;
import io.limitledger.gateway.access.AccessRefusedException;
import io.limitledger.gateway.access.Allowed;
import io.limitledger.gateway.http.problem.ProblemException;
import io.limitledger.gateway.http.problem.ProblemType;
import io.limitledger.gateway.http.request.JsonBody;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What routes about tokens and rights have in common: their failures, and the rights in a body. */
final class AccessAnswers {
    private static final String ALLOW = "allow";

    private AccessAnswers() {}

    static AccessAdmin require(@Nullable AccessAdmin admin) {
        if (admin == null) {
            throw new ProblemException(
                    ProblemType.AUTHENTICATION_OFF,
                    "This gateway does not ask who its callers are, so that it keeps neither tokens nor rights. Start it with"
                            + " --auth token");
        }
        return admin;
    }

    /** What becomes of a change; what was refused is a problem. */
    static <T, R> CompletableFuture<R> then(CompletableFuture<T> change, Function<T, R> answer) {
        return change.handle((done, failure) -> {
            if (failure == null) {
                return answer.apply(done);
            }
            Throwable cause =
                    failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
            throw cause instanceof AccessRefusedException refused ? problem(refused) : new CompletionException(cause);
        });
    }

    static ProblemException problem(AccessRefusedException refused) {
        ProblemType type = switch (refused.reason()) {
            case TOKEN_EXISTS -> ProblemType.TOKEN_EXISTS;
            case TOKEN_NOT_FOUND -> ProblemType.TOKEN_NOT_FOUND;
            case TOKEN_REVOKED -> ProblemType.TOKEN_REVOKED;
            case RIGHTS_NOT_FOUND -> ProblemType.RIGHTS_NOT_FOUND;
            case FROM_FILE -> ProblemType.KEPT_IN_FILE;
            case TOO_MANY -> ProblemType.TOO_MANY_TOKENS;
        };
        return new ProblemException(type, String.valueOf(refused.getMessage()));
    }

    /** The rights in the field {@code allow}; mistakes are noted in the body. */
    static List<Allowed> allow(JsonBody body) {
        List<JsonNode> texts =
                body.requiredElements(ALLOW, "an array of rights such as \"hold:deploy-*\"", JsonNode::isTextual);
        List<Allowed> allow = new ArrayList<>();
        for (int index = 0; index < texts.size(); index++) {
            try {
                allow.add(Allowed.parse(texts.get(index).textValue()));
            } catch (IllegalArgumentException e) {
                body.mistake(ALLOW + "[" + index + "]", String.valueOf(e.getMessage()));
            }
        }
        check(body, ALLOW, () -> Allowed.checkNumber(allow));
        return allow;
    }

    static List<String> texts(List<Allowed> allow) {
        return allow.stream().map(Allowed::toString).toList();
    }

    /** Notes a mistake if there is one. */
    static void check(JsonBody body, String field, Runnable check) {
        try {
            check.run();
        } catch (IllegalArgumentException e) {
            body.mistake(field, String.valueOf(e.getMessage()));
        }
    }
}
