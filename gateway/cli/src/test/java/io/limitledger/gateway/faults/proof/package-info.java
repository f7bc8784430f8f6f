/**
 * Verifies a run from the clients' records and the committed events. It computes everything itself: it uses no rule of
 * the ledger and reads nothing else.
 */
package io.limitledger.gateway.faults.proof;
