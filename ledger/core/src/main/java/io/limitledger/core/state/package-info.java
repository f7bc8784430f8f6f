/** What the ledger remembers between commands: limits, leases, waiters and ended leases. */
@NullMarked
package io.limitledger.core.state;

import org.jspecify.annotations.NullMarked;
