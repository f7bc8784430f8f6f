package io.limitledger.gateway.http.problem;

import io.limitledger.core.command.InvalidField;
import java.io.Serial;
import java.util.List;

/** A request that cannot be handled, with its answer. */
public final class ProblemException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1;

    private final transient Problem problem;

    public ProblemException(Problem problem) {
        super(problem.detail());
        this.problem = problem;
    }

    public ProblemException(ProblemType type, String detail) {
        this(type.because(detail));
    }

    /** All mistakes of a request. */
    public static ProblemException invalid(List<InvalidField> mistakes) {
        return new ProblemException(Problem.invalid(mistakes));
    }

    public Problem problem() {
        return problem;
    }
}
