package io.limitledger.gateway.prefect.answer;

import io.limitledger.gateway.http.HttpAnswer;

/** The second shape of errors: one text, for what a rule says. */
public record Detail(String detail) {
    private static final String CONFLICT =
            "Data integrity conflict. This usually means a unique or foreign key constraint was violated. See server"
                    + " logs for details.";

    public static HttpAnswer answer(int status, String detail) {
        return HttpAnswer.json(status, new Detail(detail));
    }

    /** For what is no route. */
    public static HttpAnswer notFound() {
        return answer(404, "Not Found");
    }

    /** A name is taken, or a field may not be null. */
    public static HttpAnswer conflict() {
        return answer(409, CONFLICT);
    }

    public static HttpAnswer leaseNotFound() {
        return answer(410, "Lease not found - it may have expired or been revoked");
    }

    public static HttpAnswer tooManySlots() {
        return answer(422, "Slots requested is greater than the limit");
    }
}
