/** How the command line asks a gateway. */
@NullMarked
package io.limitledger.gateway.cli.client;

import org.jspecify.annotations.NullMarked;
