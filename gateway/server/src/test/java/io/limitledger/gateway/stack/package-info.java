/** The ledger and its client on a real broker, all in this JVM, without the HTTP interface. */
package io.limitledger.gateway.stack;
