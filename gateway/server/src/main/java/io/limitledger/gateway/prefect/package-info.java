/**
 * The HTTP interface of Prefect's concurrency limits, so that its clients work here unchanged. Handlers only translate:
 * {@code request} reads requests, {@code v2} and {@code v1} hold the routes, {@code answer} the answers, and {@code route}
 * what is the same for all routes. Each {@code addTo} is a table of routes beside their handlers.
 */
@NullMarked
package io.limitledger.gateway.prefect;

import org.jspecify.annotations.NullMarked;
