package io.limitledger.core.rule;

import static io.limitledger.core.scenario.Commands.limit;
import static io.limitledger.core.scenario.LedgerScenario.given;
import static io.limitledger.core.scenario.LedgerScenario.givenNothing;

import io.limitledger.core.command.DefineKey;
import io.limitledger.core.command.PutLimit;
import io.limitledger.core.reply.KeyStored;
import io.limitledger.core.reply.Refused.Reason;
import io.limitledger.core.scenario.CommandSpec;
import io.limitledger.core.scenario.LedgerScenario;
import io.limitledger.core.scenario.Names;
import io.limitledger.core.state.Definition;
import io.limitledger.core.state.KeyBounds;
import io.limitledger.core.state.KeyOverride;
import io.limitledger.core.state.Queueing;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DefineKeyTest {
    private static final KeyOverride TWENTY = new KeyOverride(20L, null, null, null, null);

    @Test
    void findsNothingWithoutALimit() {
        givenNothing()
                .whenAt(5, define("a", TWENTY))
                .thenRefused(Reason.LIMIT_NOT_FOUND)
                .thenNoEvents()
                .thenNothingRemembered();
    }

    @Test
    void refusesBoundsOfAKeyWhereKeysAreNotBounded() {
        given(limit(1)).whenAt(5, define("a", TWENTY)).thenRefused(Reason.KEYS_NOT_BOUNDED, "no perKey");
    }

    @Test
    void refusesAnInvalidKeyAndInvalidBounds() {
        keyed().whenAt(5, define("", new KeyOverride(-1L, null, null, null, 0.0)))
                .thenInvalid("key", "limit", "weight");
    }

    @Test
    void definesAKey() {
        keyed().whenAt(5, define("customer/42", TWENTY)).thenReply(new KeyStored(Names.LIMIT, "customer/42", TWENTY));
    }

    @Test
    void takesBackWhatWasSaid() {
        keyed().at(5, define("a", TWENTY))
                .whenAt(6, define("a", null))
                .thenReply(new KeyStored(Names.LIMIT, "a", null))
                .thenNothingDue();
    }

    private static LedgerScenario keyed() {
        Definition definition =
                new Definition(100, 0, true, List.of(), new KeyBounds(2, 0, List.of()), Queueing.DEFAULT);
        return givenNothing().at(0, () -> new PutLimit(Names.LIMIT, definition, null, false));
    }

    private static CommandSpec define(String key, @Nullable KeyOverride override) {
        return () -> new DefineKey(Names.LIMIT, key, override);
    }
}
