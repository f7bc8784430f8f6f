/**
 * Fault runs: brokers, two ledgers and two gateways as separate processes, which are killed and paused at random under
 * load. The package {@code proof} then verifies that the clients' records and the committed events agree.
 */
package io.limitledger.gateway.faults;
