/** What all routes of the Prefect API share: how they are found, and what is checked and added around them. */
@NullMarked
package io.limitledger.gateway.prefect.route;

import org.jspecify.annotations.NullMarked;
