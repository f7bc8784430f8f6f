/** Ways on for a ledger whose state and topics differ: the state built anew from the events, or a loss accepted. */
@NullMarked
package io.limitledger.restore;

import org.jspecify.annotations.NullMarked;
