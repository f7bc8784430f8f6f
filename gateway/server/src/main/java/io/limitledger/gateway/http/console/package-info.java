/** The console: pages in the browser that show and change limits by the native API. */
@NullMarked
package io.limitledger.gateway.http.console;

import org.jspecify.annotations.NullMarked;
