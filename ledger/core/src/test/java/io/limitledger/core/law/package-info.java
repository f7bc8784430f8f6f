/** Laws that hold for every list of commands, tried on random ones. */
package io.limitledger.core.law;
