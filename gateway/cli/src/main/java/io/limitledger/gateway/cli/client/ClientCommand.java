package io.limitledger.gateway.cli.client;

import io.limitledger.gateway.machine.StartException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** A command that asks a gateway. What the gateway refuses is one line on standard error, and an exit code. */
public abstract class ClientCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Mixin
    private GatewayOptions gateway = new GatewayOptions();

    /** Does what the command is for, and returns the exit code. */
    protected abstract int run(GatewayClient gateway) throws Exception;

    @Override
    public final Integer call() throws Exception {
        try {
            return run(connect());
        } catch (GatewayException e) {
            return report(e);
        } finally {
            out().flush();
        }
    }

    /** Nothing is sent yet. What cannot be used of the options and the environment is a mistake of the command line. */
    private GatewayClient connect() {
        try {
            return new GatewayClient(gateway.gateway());
        } catch (StartException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
    }

    /** Prints a failure, and returns its exit code. */
    protected final int report(GatewayException failure) {
        if (failure.mistakes().size() > 1) {
            failure.mistakes()
                    .forEach(mistake ->
                            say(Printable.of(mistake.requiredText("field") + ": " + mistake.requiredText("message"))));
        } else {
            say(String.valueOf(failure.getMessage()));
        }
        return failure.exitCode();
    }

    protected final PrintWriter out() {
        return spec.commandLine().getOut();
    }

    protected final PrintWriter err() {
        return spec.commandLine().getErr();
    }

    /** Says something to people, on standard error. */
    protected final void say(String what) {
        out().flush();
        err().println(spec.qualifiedName() + ": " + what);
        err().flush();
    }

    /** A mistake in the command line. */
    protected final ParameterException wrong(String what) {
        return new ParameterException(spec.commandLine(), what);
    }
}
