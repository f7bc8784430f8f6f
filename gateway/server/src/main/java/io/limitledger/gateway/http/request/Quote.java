package io.limitledger.gateway.http.request;

/** Input as an error quotes it: its beginning, if it is long. */
public final class Quote {
    private static final int MAX_CHARACTERS = 100;

    private Quote() {}

    public static String brief(String text) {
        return text.codePointCount(0, text.length()) <= MAX_CHARACTERS
                ? text
                : text.substring(0, text.offsetByCodePoints(0, MAX_CHARACTERS)) + "...";
    }
}
