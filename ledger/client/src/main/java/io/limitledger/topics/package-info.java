/** The topics: one table that names them, and the start-up step that makes and verifies them. */
@NullMarked
package io.limitledger.topics;

import org.jspecify.annotations.NullMarked;
