/** What shells need to complete a command line of {@code limits}. */
@NullMarked
package io.limitledger.gateway.cli.completion;

import org.jspecify.annotations.NullMarked;
