/** Running any program while a lease is held. */
@NullMarked
package io.limitledger.gateway.program;

import org.jspecify.annotations.NullMarked;
