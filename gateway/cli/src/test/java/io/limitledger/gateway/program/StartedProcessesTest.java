package io.limitledger.gateway.program;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class StartedProcessesTest {
    @Test
    @EnabledOnOs(OS.LINUX)
    void shouldFindWhatHasLostItsParent() throws Exception {
        // given
        String id = UUID.randomUUID().toString();
        ProcessBuilder builder = new ProcessBuilder("sh", "-c", "( sleep 100 >/dev/null & echo $! )");
        builder.environment().put("LIMITS_LEASE_ID", id);
        Process program = builder.start();
        long orphan;
        try (BufferedReader out = program.inputReader()) {
            orphan = Long.parseLong(out.readLine());
        }
        program.waitFor();

        // when
        List<ProcessHandle> alive = new StartedProcesses(program, "LIMITS_LEASE_ID=" + id).alive();

        // then
        assertThat(alive).extracting(ProcessHandle::pid).containsExactly(orphan);
        alive.forEach(ProcessHandle::destroyForcibly);
    }
}
