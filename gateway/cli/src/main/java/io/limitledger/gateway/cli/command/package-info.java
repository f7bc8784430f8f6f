/** Commands that ask a gateway one thing: limits, their leases, waiters, keys and events. */
@NullMarked
package io.limitledger.gateway.cli.command;

import org.jspecify.annotations.NullMarked;
