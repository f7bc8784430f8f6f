package io.limitledger.simulation;

/**
 * Invariant: every acquire ends soon after its wait time: with slots, without slots, or with an unknown outcome. Not
 * checked where the broker's clock steps back: between a decision and its reply that may cost the client the answer.
 */
final class AcquiresAreAnswered extends Invariant {
    @Override
    void onTime() {
        cluster()
                .workers()
                .forEach(worker -> require(
                        !worker.isOverdue() || cluster().clock.hasSteppedBack(),
                        () -> "acquire still not answered: " + worker));
    }
}
