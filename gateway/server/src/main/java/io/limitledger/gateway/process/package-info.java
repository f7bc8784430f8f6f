/** A server process, made of its parts: broker, ledger and gateway, in any of the three ways to run them. */
@NullMarked
package io.limitledger.gateway.process;

import org.jspecify.annotations.NullMarked;
