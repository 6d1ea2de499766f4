package dev.eventbus.driver.nats;

import dev.eventbus.SettingException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** Reads the files that settings name. No text shows what is in them. */
final class SettingFiles {

  /** Far more than a chain of certificates has. */
  private static final long LARGEST = 4L << 20;

  private SettingFiles() {}

  static Path path(String setting, String value) {
    try {
      return Path.of(value);
    } catch (InvalidPathException bad) {
      throw new SettingException(setting, "is not the path of a file.");
    }
  }

  static String text(String setting, Path path) {
    try {
      if (!Files.exists(path)) {
        throw new SettingException(setting, "names the file " + path + ", which does not exist.");
      }
      if (!Files.isRegularFile(path) && Files.isDirectory(path)) {
        throw new SettingException(setting, "names " + path + ", which is a folder, not a file.");
      }
      if (Files.size(path) > LARGEST) {
        throw new SettingException(
            setting,
            "names the file " + path + ", which is far too large for what it should hold.");
      }
      return new String(Files.readAllBytes(path), StandardCharsets.UTF_8);
    } catch (IOException failure) {
      throw new SettingException(
          setting,
          "names the file " + path + ", which cannot be read: give this user the right to.");
    }
  }
}
