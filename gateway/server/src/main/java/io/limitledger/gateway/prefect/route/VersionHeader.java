package io.limitledger.gateway.prefect.route;

import io.limitledger.gateway.prefect.answer.AnswerException;
import io.limitledger.gateway.prefect.answer.Errors;
import io.limitledger.gateway.prefect.request.PrefectRequest;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;

/** The version of the interface that a client speaks. It may leave it out; and it may be newer than we are. */
final class VersionHeader {
    private static final String NAME = "X-PREFECT-API-VERSION";
    private static final String OLDEST = "0.8.0";
    private static final List<BigInteger> OLDEST_PARTS = parts(OLDEST);
    private static final int PARTS = 3;

    private VersionHeader() {}

    static void check(PrefectRequest request) {
        String version = request.header(NAME);
        if (version != null && !version.isEmpty() && isOlder(version)) {
            throw refusal("The request specified API version " + version + " but this server requires version " + OLDEST
                    + " or higher.");
        }
    }

    private static boolean isOlder(String version) {
        List<BigInteger> parts;
        try {
            parts = parts(version);
        } catch (NumberFormatException e) {
            throw malformed(version);
        }
        if (parts.size() != PARTS) {
            throw malformed(version);
        }
        for (int part = 0; part < PARTS; part++) {
            int order = parts.get(part).compareTo(OLDEST_PARTS.get(part));
            if (order != 0) {
                return order < 0;
            }
        }
        return false;
    }

    private static List<BigInteger> parts(String version) {
        return Arrays.stream(version.split("\\.", -1))
                .map(part -> new BigInteger(part.strip()))
                .toList();
    }

    private static AnswerException malformed(String version) {
        return refusal("Invalid X-PREFECT-API-VERSION header format.Expected header in format 'x.y.z' but received "
                + version);
    }

    private static AnswerException refusal(String detail) {
        return new AnswerException(Errors.detail(400, detail));
    }
}
