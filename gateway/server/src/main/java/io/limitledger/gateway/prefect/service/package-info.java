/** What clients of the reference ask besides limits: is it up, which version is it, and may events be sent here. */
@NullMarked
package io.limitledger.gateway.prefect.service;

import org.jspecify.annotations.NullMarked;
