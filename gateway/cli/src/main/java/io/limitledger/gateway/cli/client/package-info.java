/** What every command that asks a gateway is made of: the connection, JSON, tables, and how a failure is reported. */
@NullMarked
package io.limitledger.gateway.cli.client;

import org.jspecify.annotations.NullMarked;
