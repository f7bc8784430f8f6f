/** What the process writes to its log: bounded in rate and length, and free of control characters from outside. */
@NullMarked
package io.limitledger.gateway.log;

import org.jspecify.annotations.NullMarked;
