/** What can be measured from outside. No label holds a limit's name: there may be a hundred thousand of them. */
@NullMarked
package io.limitledger.gateway.metrics;

import org.jspecify.annotations.NullMarked;
