package io.limitledger.gateway.cli.file;

import io.limitledger.gateway.cli.client.Printable;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Option;

/** Which files say what limits there are to be. */
final class FileOptions {
    private static final String STANDARD_INPUT = "-";

    @Option(
            names = {"-f", "--file"},
            required = true,
            paramLabel = "FILE",
            description =
                    "File with 'limits:', a list of definitions, in YAML or JSON; - for standard input. May be given several"
                            + " times.")
    private List<String> files = List.of();

    /** Reads all of them; mistakes are among what is returned. */
    LimitsFile read() {
        LimitsFile limits = new LimitsFile();
        for (String file : files) {
            limits.read(file, text(file));
        }
        return limits;
    }

    /** Prints all mistakes. */
    static void print(List<FileMistake> mistakes, PrintWriter err) {
        mistakes.forEach(mistake -> err.println(Printable.of(mistake.toString())));
        err.println(mistakes.size() + (mistakes.size() == 1 ? " mistake" : " mistakes") + "; nothing was changed.");
        err.flush();
    }

    private static String text(String file) {
        try {
            byte[] bytes = file.equals(STANDARD_INPUT) ? standardInput() : Files.readAllBytes(Path.of(file));
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new UnreadableFileException("'" + file + "' is not text in UTF-8");
        } catch (IOException e) {
            boolean exists = Files.exists(Path.of(file));
            throw new UnreadableFileException(
                    "'" + file + "' cannot be read: " + (exists ? e.getMessage() : "it does not exist"));
        }
    }

    private static byte[] standardInput() throws IOException {
        InputStream in = System.in;
        return in.readAllBytes();
    }
}
