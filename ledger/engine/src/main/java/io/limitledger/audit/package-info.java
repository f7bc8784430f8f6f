/**
 * Checks the ledger from its own records: are all events there, in order and unaltered; do they follow from the commands;
 * is the live state what they make of it. Knows the core and the wire format, and nothing of the process that wrote them.
 */
@NullMarked
package io.limitledger.audit;

import org.jspecify.annotations.NullMarked;
