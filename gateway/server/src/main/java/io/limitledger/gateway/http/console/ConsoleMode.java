package io.limitledger.gateway.http.console;

/** What the console offers. Who may do what is decided by the API, whatever the console shows. */
public enum ConsoleMode {
    ON,
    /** It shows everything and offers no change. */
    READ_ONLY,
    /** It is not served. */
    OFF
}
