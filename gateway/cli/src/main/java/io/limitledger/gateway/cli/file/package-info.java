/** Limits as a file: applied, compared and exported. */
@NullMarked
package io.limitledger.gateway.cli.file;

import org.jspecify.annotations.NullMarked;
