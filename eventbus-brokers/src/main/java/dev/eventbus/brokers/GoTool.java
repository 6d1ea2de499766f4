package dev.eventbus.brokers;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A program that Go builds from the module of tools in this jar, which pins it and all it needs. */
record GoTool(String name, String version, String goVersion) {

  private static final String MODULE = "tools/";

  /** The server; its version is the module's. */
  static GoTool natsServer() {
    String module = new String(resource("go.mod"), StandardCharsets.UTF_8);
    return new GoTool(
        "nats-server",
        find(module, "github\\.com/nats-io/nats-server/v2 v(\\S+)"),
        find(module, "(?m)^go (\\S+)$"));
  }

  private static String find(String text, String pattern) {
    Matcher found = Pattern.compile(pattern).matcher(text);
    if (!found.find()) {
      throw new IllegalStateException("go.mod has no " + pattern);
    }
    return found.group(1);
  }

  /** Writes the module. */
  static void copyModule(Path directory) throws IOException {
    for (String file : new String[] {"go.mod", "go.sum"}) {
      Files.write(directory.resolve(file), resource(file));
    }
  }

  private static byte[] resource(String name) {
    try (InputStream in = GoTool.class.getResourceAsStream(MODULE + name)) {
      if (in == null) {
        throw new IllegalStateException(MODULE + name + " is not in the jar");
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
