/**
 * For Java programs that hold slots: a lease that renews itself until it is closed, over HTTP or over Kafka. Start at {@link
 * io.limitledger.holder.Limits}.
 */
@NullMarked
package io.limitledger.holder;

import org.jspecify.annotations.NullMarked;
