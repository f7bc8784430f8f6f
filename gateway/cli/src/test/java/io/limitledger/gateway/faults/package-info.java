/**
 * Fault runs: brokers, two ledgers and two gateways as processes of their own, which are killed and paused at random under
 * load. What clients heard, and the committed events, are then proven to fit by the package {@code proof}.
 */
package io.limitledger.gateway.faults;
