package io.limitledger.gateway.bench;

/**
 * Two sides that do the same work the same way, save that behind the floor nothing decides.
 *
 * @param what names it in the table
 * @param inFlight operations under way at a time
 */
record Contest(String what, int inFlight, Measurement subject, Measurement floor) {}
