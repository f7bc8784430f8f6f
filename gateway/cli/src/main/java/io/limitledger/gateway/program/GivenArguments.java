package io.limitledger.gateway.program;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The arguments of this process as the bytes that they were given as. Java decodes them by the locale, and loses what the
 * locale does not know: with {@code LANG=C}, as cron, systemd and containers have it, everything but ASCII.
 */
public final class GivenArguments {
    private static final int REPLACEMENT = 0xFFFD;
    private static final Path OF_THIS_PROCESS = Path.of("/proc/self/cmdline");

    private GivenArguments() {}

    /** The arguments as text: in UTF-8 where Java could not read them, and they are. */
    public static String[] asText(String... decoded) {
        if (Arrays.stream(decoded).noneMatch(GivenArguments::isDamaged)) {
            return decoded;
        }
        List<byte[]> given = last(decoded.length);
        String[] texts = decoded.clone();
        for (int i = 0; i < given.size(); i++) {
            texts[i] = inUtf8(given.get(i), decoded[i]);
        }
        return texts;
    }

    /** Whether Java could not decode all of it. */
    private static boolean isDamaged(String text) {
        return text.indexOf(REPLACEMENT) >= 0;
    }

    private static String inUtf8(byte[] given, String otherwise) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(given))
                    .toString();
        } catch (CharacterCodingException e) {
            return otherwise;
        }
    }

    /** The last arguments of this process; empty where the system does not show them. */
    static List<byte[]> last(int count) {
        try {
            List<byte[]> all = split(Files.readAllBytes(OF_THIS_PROCESS));
            return all.size() < count ? List.of() : all.subList(all.size() - count, all.size());
        } catch (IOException e) {
            return List.of();
        }
    }

    /** Each argument ends with a zero byte. */
    static List<byte[]> split(byte[] commandLine) {
        List<byte[]> arguments = new ArrayList<>();
        int start = 0;
        for (int i = 0; i < commandLine.length; i++) {
            if (commandLine[i] == 0) {
                arguments.add(Arrays.copyOfRange(commandLine, start, i));
                start = i + 1;
            }
        }
        return arguments;
    }

    /** What Java encodes the arguments of a new process with: since JDK 18 the locale's, before that the default charset. */
    static Charset ofNewProcesses() {
        String locale = System.getProperty("sun.jnu.encoding");
        return Runtime.version().feature() >= 18 && locale != null ? Charset.forName(locale) : Charset.defaultCharset();
    }
}
