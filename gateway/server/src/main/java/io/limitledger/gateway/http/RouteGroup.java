package io.limitledger.gateway.http;

/** Routes that belong together, such as an API. */
@FunctionalInterface
public interface RouteGroup {
    void addTo(Routes routes);
}
