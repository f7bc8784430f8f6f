package io.limitledger.gateway.cli;

import io.limitledger.gateway.cli.completion.Completion;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code limits completion}: a script for a shell. */
@Command(
        name = "completion",
        description = "Print the script with which a shell completes commands, options, files and names of limits.",
        mixinStandardHelpOptions = true,
        footerHeading = "%n",
        footer = {
            "Examples:",
            "  source <(limits completion bash)",
            "  limits completion zsh > ~/.zfunc/_limits",
            "  limits completion fish > ~/.config/fish/completions/limits.fish"
        })
final class CompletionCommand implements Callable<Integer> {
    /** Shells that there is a script for. */
    enum Shell {
        BASH,
        ZSH,
        FISH
    }

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Parameters(paramLabel = "bash|zsh|fish", description = "The shell.")
    private Shell shell = Shell.BASH;

    @Override
    public Integer call() {
        CommandSpec limits = LimitsCommand.commandLine("").getCommandSpec();
        PrintWriter out = spec.commandLine().getOut();
        out.print(
                switch (shell) {
                    case BASH -> Completion.bash(limits);
                    case ZSH -> Completion.zsh(limits);
                    case FISH -> Completion.fish(limits);
                });
        out.flush();
        return 0;
    }
}
