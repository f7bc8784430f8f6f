/** What goes back to clients of the Prefect API: limits in their JSON, and errors in its three shapes. */
@NullMarked
package io.limitledger.gateway.prefect.answer;

import org.jspecify.annotations.NullMarked;
