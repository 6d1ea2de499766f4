package dev.eventbus.cli;

import dev.eventbus.Event;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The parts of an event that are given once, as options, for all that are published. */
final class EventTemplate {

  @Option(
      names = {"-k", "--key"},
      paramLabel = "KEY",
      description = "What orders the events.")
  private @Nullable String key;

  @Option(
      names = "--key-from",
      paramLabel = "REGEX",
      description = "Take the key from the payload: the first group, or the match.")
  private @Nullable Pattern keyFrom;

  @Option(
      names = {"-H", "--header"},
      paramLabel = "NAME=VALUE",
      description = "A header; may be given often.")
  private Map<String, String> headers = new LinkedHashMap<>();

  @Option(
      names = "--type",
      paramLabel = "TYPE",
      defaultValue = Event.DEFAULT_TYPE,
      description = "What kind of event it is; default ${DEFAULT-VALUE}.")
  private String type = Event.DEFAULT_TYPE;

  @Option(
      names = "--source",
      paramLabel = "URI",
      defaultValue = Event.DEFAULT_SOURCE,
      description = "Who made it; default ${DEFAULT-VALUE}.")
  private String source = Event.DEFAULT_SOURCE;

  /** Whether both ways to a key were asked for. */
  boolean hasTwoKeys() {
    return key != null && keyFrom != null;
  }

  /** An event with these parts, but for payload and key. */
  Event.Builder start() {
    return Event.builder().type(type).source(source).headers(headers);
  }

  /**
   * The key of an event with this payload.
   *
   * @throws BadInputException if it should be in the payload and is not
   */
  @Nullable
  String keyOf(String payload) throws BadInputException {
    if (keyFrom == null) {
      return key;
    }
    var match = keyFrom.matcher(payload);
    if (!match.find()) {
      throw new BadInputException("--key-from " + keyFrom + " finds no key in it");
    }
    String group = match.groupCount() > 0 ? match.group(1) : match.group();
    if (group == null) {
      throw new BadInputException("--key-from " + keyFrom + ": its first group is not in it");
    }
    return group;
  }
}
