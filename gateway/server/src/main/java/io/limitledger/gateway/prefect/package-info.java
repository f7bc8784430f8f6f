/**
 * The HTTP interface of Prefect's concurrency limits, so that its clients work here unchanged. Handlers translate and
 * nothing else: {@code request} reads what came, {@code v2}, {@code v1} and {@code service} hold the routes, {@code
 * answer} what goes back, and {@code route} what is the same for all of them.
 */
@NullMarked
package io.limitledger.gateway.prefect;

import org.jspecify.annotations.NullMarked;
