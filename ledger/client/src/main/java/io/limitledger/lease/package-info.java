/**
 * Leases on several limits at once, all or nothing, and finding a lease by its id alone. Limits know nothing of each
 * other: each is asked by itself, in an order that cannot deadlock.
 */
@NullMarked
package io.limitledger.lease;

import org.jspecify.annotations.NullMarked;
