/** What may be asked of a limit. Imperative names; every command may be refused. */
@NullMarked
package io.limitledger.core.command;

import org.jspecify.annotations.NullMarked;
