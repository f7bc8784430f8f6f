/** What the asker is told. */
@NullMarked
package io.limitledger.core.reply;

import org.jspecify.annotations.NullMarked;
