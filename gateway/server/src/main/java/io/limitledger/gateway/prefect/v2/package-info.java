/** Limits, and taking and returning their slots: {@code /v2/concurrency_limits}. */
@NullMarked
package io.limitledger.gateway.prefect.v2;

import org.jspecify.annotations.NullMarked;
