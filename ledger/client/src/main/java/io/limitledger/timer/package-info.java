/** Time as something passed in. */
@NullMarked
package io.limitledger.timer;

import org.jspecify.annotations.NullMarked;
