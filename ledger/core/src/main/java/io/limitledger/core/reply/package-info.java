/** The answers to commands. */
@NullMarked
package io.limitledger.core.reply;

import org.jspecify.annotations.NullMarked;
