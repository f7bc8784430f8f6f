package io.limitledger.gateway.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** The version of this build, and the commit that it was built from, as the build has written them down. */
final class BuiltVersion implements IVersionProvider {
    private static final String FILE = "version.properties";

    @Override
    public String[] getVersion() {
        return new String[] {inWords(read())};
    }

    static String inWords(Properties built) {
        String version = "limits " + built.getProperty("git.build.version", "of an unknown version");
        String commit = built.getProperty("git.commit.id.abbrev", "");
        return commit.isEmpty() ? version : version + " (" + commit + ")";
    }

    private static Properties read() {
        Properties built = new Properties();
        try (InputStream file = BuiltVersion.class.getResourceAsStream(FILE)) {
            if (file != null) {
                built.load(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return built;
    }
}
