/** The service as a process of its own, started by its command line and killed without mercy. */
package io.limitledger.gateway.process;
