/** The command line: options, and what each command starts. */
@NullMarked
package io.limitledger.gateway.cli;

import org.jspecify.annotations.NullMarked;
