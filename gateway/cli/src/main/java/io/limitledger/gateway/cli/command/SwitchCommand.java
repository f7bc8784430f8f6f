package io.limitledger.gateway.cli.command;

import io.limitledger.gateway.cli.client.Address;
import io.limitledger.gateway.cli.client.ClientCommand;
import io.limitledger.gateway.cli.client.GatewayClient;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Switches limits on or off; one that is so already stays so. */
public abstract class SwitchCommand extends ClientCommand {
    private final boolean isOn;

    @Parameters(arity = "1..*", paramLabel = "NAME", description = "Names of limits.")
    private List<String> names = List.of();

    private SwitchCommand(boolean isOn) {
        this.isOn = isOn;
    }

    @Override
    protected final int run(GatewayClient gateway) {
        for (String name : names) {
            gateway.ask("PATCH", Address.limit(name), Map.of("active", isOn));
            out().println((isOn ? "Enabled" : "Disabled") + " limit '" + name + "'.");
        }
        return 0;
    }

    /** {@code limits enable}. */
    @Command(
            name = "enable",
            description = "Let limits bound again.",
            footer = {"Example:", "  limits enable database"})
    public static final class Enable extends SwitchCommand {
        public Enable() {
            super(true);
        }
    }

    /** {@code limits disable}. */
    @Command(
            name = "disable",
            description =
                    "Switch limits off: they grant everything and occupy nothing. To grant nothing, set the limit to 0.",
            footer = {"Example:", "  limits disable database"})
    public static final class Disable extends SwitchCommand {
        public Disable() {
            super(false);
        }
    }
}
