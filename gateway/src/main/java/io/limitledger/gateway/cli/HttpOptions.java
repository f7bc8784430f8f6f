package io.limitledger.gateway.cli;

import picocli.CommandLine.Option;

/** Where HTTP is served. */
final class HttpOptions {
    @Option(
            names = "--host",
            defaultValue = "127.0.0.1",
            description = "Address to listen on (default: ${DEFAULT-VALUE}).")
    private String host = "127.0.0.1";

    @Option(
            names = "--port",
            defaultValue = "8080",
            description = "Port of the HTTP interface (default: ${DEFAULT-VALUE}).")
    private int port;

    String host() {
        return host;
    }

    int port() {
        return port;
    }
}
