package io.limitledger.gateway.http.request;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.javalin.http.Context;
import io.limitledger.gateway.http.HttpJson;
import io.limitledger.gateway.http.RequestLimits;
import io.limitledger.gateway.http.problem.ProblemException;
import io.limitledger.gateway.http.problem.ProblemType;
import java.io.IOException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The body of a request, up to the point where it is known to be one JSON object. */
final class RequestBody {
    private static final String JSON = "application/json";
    private static final String FORM = "application/x-www-form-urlencoded";

    private RequestBody() {}

    /** The JSON that came; null for no body at all. */
    static @Nullable JsonNode json(Context request) {
        byte[] bytes = bytes(request);
        if (bytes.length == 0) {
            return null;
        }
        checkContentType(request);
        JsonNode json = parse(bytes);
        return json.isMissingNode() ? null : json;
    }

    /** The one value that the bytes hold; a missing node if they are blank. */
    static JsonNode parse(byte[] bytes) {
        try {
            return HttpJson.read(bytes);
        } catch (JsonProcessingException e) {
            throw unreadable(String.valueOf(e.getOriginalMessage()), e.getLocation());
        } catch (NumberFormatException e) {
            // The reader's own failure with exponents beyond 32 bits.
            throw unreadable("a number in it has too large an exponent", JsonLocation.NA);
        } catch (IOException e) {
            throw unreadable(String.valueOf(e.getMessage()), JsonLocation.NA);
        }
    }

    private static byte[] bytes(Context request) {
        if (request.req().getContentLengthLong() > RequestLimits.MAX_BODY_BYTES) {
            throw tooLarge();
        }
        try {
            byte[] bytes = request.req().getInputStream().readNBytes(RequestLimits.MAX_BODY_BYTES + 1);
            if (bytes.length > RequestLimits.MAX_BODY_BYTES) {
                throw tooLarge();
            }
            return bytes;
        } catch (IOException e) {
            throw new ProblemException(ProblemType.UNREADABLE_BODY, "Expected a whole body, but " + e.getMessage());
        }
    }

    /**
     * Saying "JSON" is asked for because a web page of anybody may send other types here unasked. A browser tells where
     * such a page comes from; {@code curl -d} does not, and says that everything is a form.
     */
    private static void checkContentType(Context request) {
        // Not what the server makes of it, which fails where it does not know the charset.
        String contentType = request.header("Content-Type");
        String type = contentType == null
                ? JSON
                : contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        boolean isFromCurl = type.equals(FORM) && request.header("Origin") == null;
        if (!type.equals(JSON) && !type.endsWith("+json") && !isFromCurl) {
            throw new ProblemException(
                    ProblemType.UNSUPPORTED_MEDIA_TYPE,
                    "Expected 'Content-Type: application/json', but got '" + Quote.brief(type) + "'");
        }
    }

    private static ProblemException tooLarge() {
        return new ProblemException(ProblemType.BODY_TOO_LARGE, RequestLimits.BODY_TOO_LARGE);
    }

    private static ProblemException unreadable(String reason, @Nullable JsonLocation where) {
        String firstLine = withoutAdvice(reason.lines().findFirst().orElse("it is not"));
        String place = where == null || where.getLineNr() < 1
                ? ""
                : " at line " + where.getLineNr() + ", column " + where.getColumnNr();
        return new ProblemException(
                ProblemType.UNREADABLE_BODY, "Expected a JSON object, but " + Quote.brief(firstLine) + place);
    }

    /** Without the reader's own advice in brackets, which is for programmers of this class and not of requests. */
    private static String withoutAdvice(String message) {
        int advice = message.indexOf(" (");
        return advice < 0 ? message : message.substring(0, advice);
    }
}
