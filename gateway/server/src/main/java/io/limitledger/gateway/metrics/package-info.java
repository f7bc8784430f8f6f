/** What can be measured from outside. Labels hold no limit's name but those of the busiest: there may be 100,000 of them. */
@NullMarked
package io.limitledger.gateway.metrics;

import org.jspecify.annotations.NullMarked;
