/** {@code limits top}: limits as they are now, over and over. */
@NullMarked
package io.limitledger.gateway.cli.top;

import org.jspecify.annotations.NullMarked;
