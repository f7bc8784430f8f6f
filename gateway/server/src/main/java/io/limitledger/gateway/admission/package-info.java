/** Turning work away before it reaches the ledger: while that is busy, the heap is full, or the disk is. */
@NullMarked
package io.limitledger.gateway.admission;

import org.jspecify.annotations.NullMarked;
