/** What goes to the log of a process, and what does not. */
@NullMarked
package io.limitledger.gateway.log;

import org.jspecify.annotations.NullMarked;
