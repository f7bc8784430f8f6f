/** Puts the parts of a process together: broker, ledger, gateway, in any of the three ways to run them. */
@NullMarked
package io.limitledger.gateway.run;

import org.jspecify.annotations.NullMarked;
