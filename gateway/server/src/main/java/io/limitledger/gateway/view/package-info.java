/** The read model: what the gateway shows without asking the ledger. */
@NullMarked
package io.limitledger.gateway.view;

import org.jspecify.annotations.NullMarked;
