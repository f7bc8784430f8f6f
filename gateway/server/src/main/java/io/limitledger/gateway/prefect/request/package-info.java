/**
 * Reading requests as the reference does: its JSON, its lenient conversions, and its way to list what is wrong. Clients
 * print these texts, so that type, place, message and order are part of the contract.
 */
@NullMarked
package io.limitledger.gateway.prefect.request;

import org.jspecify.annotations.NullMarked;
