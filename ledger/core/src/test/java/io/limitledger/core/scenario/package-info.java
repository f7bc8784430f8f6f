/** A language for tests of the ledger: commands on a time line, and what must have come of the last. */
package io.limitledger.core.scenario;
