/** What every way of starting needs: a directory of one's own, and an error that the user can mend. */
@NullMarked
package io.limitledger.gateway.start;

import org.jspecify.annotations.NullMarked;
