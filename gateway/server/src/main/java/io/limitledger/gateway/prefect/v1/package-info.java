/**
 * Limits of task tags: {@code /concurrency_limits}. As in the reference, a tag's limit is the limit {@code tag:<tag>},
 * and the holder of a slot is a task run; these routes are another view of both.
 */
@NullMarked
package io.limitledger.gateway.prefect.v1;

import org.jspecify.annotations.NullMarked;
