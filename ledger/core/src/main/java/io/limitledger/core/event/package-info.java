/** What became of it: facts, past tense, numbered per limit without gaps. */
@NullMarked
package io.limitledger.core.event;

import org.jspecify.annotations.NullMarked;
