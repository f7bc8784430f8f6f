package io.limitledger.gateway.bench;

/**
 * Two sides that do the same work the same way, save that behind the floor nothing decides.
 *
 * @param what names it in the table
 * @param load operations under way at a time, or begun each second
 */
record Contest(String what, Load load, Measurement subject, Measurement floor) {}
