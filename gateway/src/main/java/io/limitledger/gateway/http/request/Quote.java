package io.limitledger.gateway.http.request;

/** What came, as far as it helps to see it again. */
final class Quote {
    private static final int MAX_CHARACTERS = 100;

    private Quote() {}

    static String brief(String text) {
        return text.length() <= MAX_CHARACTERS ? text : text.substring(0, MAX_CHARACTERS) + "...";
    }
}
