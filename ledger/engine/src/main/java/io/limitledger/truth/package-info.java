/** Truth at start: what a partition's state says of itself, compared with the topics before anything is decided. */
@NullMarked
package io.limitledger.truth;

import org.jspecify.annotations.NullMarked;
