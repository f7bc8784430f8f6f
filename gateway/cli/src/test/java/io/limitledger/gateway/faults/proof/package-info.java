/**
 * Proves from what clients have recorded, and from the committed events, that a run went well. It reckons by itself: no
 * rule of the ledger is asked, and nothing else is read.
 */
package io.limitledger.gateway.faults.proof;
