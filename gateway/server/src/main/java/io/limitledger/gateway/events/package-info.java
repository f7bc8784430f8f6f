/** The newest events of the ledger, kept in memory, to be paged through and to be streamed. */
@NullMarked
package io.limitledger.gateway.events;

import org.jspecify.annotations.NullMarked;
