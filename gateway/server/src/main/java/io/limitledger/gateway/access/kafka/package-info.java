/** Tokens and rights in the topic {@code limits.access}: its records, and the client that follows and changes it. */
@NullMarked
package io.limitledger.gateway.access.kafka;

import org.jspecify.annotations.NullMarked;
