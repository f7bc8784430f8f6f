/** Every decision of the business, one class per command: {@code RenewLease} is decided by {@code RenewLeaseRule}. */
@NullMarked
package io.limitledger.core.rule;

import org.jspecify.annotations.NullMarked;
