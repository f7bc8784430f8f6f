/** {@code limits demo}: clients that make a lively scene on a server, and leave nothing held. */
@NullMarked
package io.limitledger.gateway.cli.demo;

import org.jspecify.annotations.NullMarked;
