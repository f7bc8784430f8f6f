/**
 * Deterministic simulation of the ledger and its clients, in one thread and in virtual time: one seed, one queue of
 * events, and random faults.
 */
package io.limitledger.simulation;
