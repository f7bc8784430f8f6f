/**
 * The ledger and those who ask it, in one thread and in virtual time: one seed, one queue of events, and everything that
 * may go wrong on the way.
 */
package io.limitledger.simulation;
