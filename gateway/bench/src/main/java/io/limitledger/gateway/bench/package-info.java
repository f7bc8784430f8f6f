/**
 * {@code limits bench}: how fast the ledger answers, against a floor that is measured in the same run.
 *
 * <p>Figures of a machine say little about a program. So each contest has two sides that take turns: the subject, and the
 * same records or requests with nothing in between that decides. What counts is the ratio of the two.
 */
@NullMarked
package io.limitledger.gateway.bench;

import org.jspecify.annotations.NullMarked;
