/** The heap: what happens before it is full, and when it is. */
@NullMarked
package io.limitledger.gateway.memory;

import org.jspecify.annotations.NullMarked;
