/** A switch over the classes of a sealed type, as a table. */
@NullMarked
package io.limitledger.core.dispatch;

import org.jspecify.annotations.NullMarked;
