package io.limitledger.gateway.program;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The processes that belong to a program: itself, its children and theirs; and on Linux also those that have left this
 * tree, because what started them has ended, but still carry the lease's id in their environment. One that has cleared
 * its environment and lost its parent is not found.
 */
final class StartedProcesses {
    private static final Path PROC = Path.of("/proc");

    private final Process program;
    private final String mark;

    /** @param mark a line of the program's environment that no other process has */
    StartedProcesses(Process program, String mark) {
        this.program = program;
        this.mark = '\0' + mark + '\0';
    }

    /** Those that are alive. */
    List<ProcessHandle> alive() {
        Set<ProcessHandle> all = new LinkedHashSet<>();
        Stream.concat(Stream.of(program.toHandle()), program.descendants()).forEach(all::add);
        marked().forEach(handle ->
                Stream.concat(Stream.of(handle), handle.descendants()).forEach(all::add));
        all.remove(ProcessHandle.current());
        return all.stream().filter(ProcessHandle::isAlive).toList();
    }

    private List<ProcessHandle> marked() {
        List<ProcessHandle> marked = new ArrayList<>();
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(PROC, "[0-9]*")) {
            for (Path process : processes) {
                if (isMarked(process)) {
                    ProcessHandle.of(Long.parseLong(process.getFileName().toString()))
                            .ifPresent(marked::add);
                }
            }
        } catch (IOException e) {
            // Another system, where only the tree is known.
        }
        return marked;
    }

    private boolean isMarked(Path process) {
        try {
            byte[] environment = Files.readAllBytes(process.resolve("environ"));
            return ('\0' + new String(environment, StandardCharsets.ISO_8859_1)).contains(mark);
        } catch (IOException e) {
            // It has ended, or belongs to another user.
            return false;
        }
    }
}
