/** What a process needs of its machine: a directory, an address, heap and files; and errors that the operator can fix. */
@NullMarked
package io.limitledger.gateway.machine;

import org.jspecify.annotations.NullMarked;
