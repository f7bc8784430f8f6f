/**
 * What would have been under another definition of a limit: the logged commands decided again, their clients taken to act as they did.
 */
@NullMarked
package io.limitledger.whatif;

import org.jspecify.annotations.NullMarked;
