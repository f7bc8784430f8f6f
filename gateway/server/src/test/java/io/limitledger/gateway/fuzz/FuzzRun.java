package io.limitledger.gateway.fuzz;

import java.io.IOException;

/** One client's share: what a seed determines, each answer checked. */
final class FuzzRun {
    private final int port;
    private final long seed;
    private final RandomInputs inputs;
    private String before = "nothing";

    FuzzRun(int port, long seed) {
        this.port = port;
        this.seed = seed;
        this.inputs = new RandomInputs(seed);
    }

    Tally send(int count) throws IOException {
        Tally tally = new Tally();
        try (FuzzClient client = new FuzzClient(port)) {
            for (int number = 0; number < count; number++) {
                send(client, inputs.next(), number, tally);
            }
        }
        return tally;
    }

    private void send(FuzzClient client, FuzzedInput input, int number, Tally tally) {
        RawAnswer last = null;
        try {
            for (RawAnswer answer : client.send(input)) {
                last = answer;
                AnswerCheck.check(answer, input.mayAskForTheHeadOnly());
                tally.add(answer.status());
            }
        } catch (IOException | AssertionError | RuntimeException e) {
            throw new AssertionError(
                    "client seed " + seed + ", input " + number + ": " + input + "\n  answered " + last + "\nbefore: "
                            + before + "\n" + e,
                    e);
        }
        before = input + "\n  answered " + last;
    }
}
