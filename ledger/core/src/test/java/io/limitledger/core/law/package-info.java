/** Laws that hold for every list of commands, checked with random ones. */
package io.limitledger.core.law;
