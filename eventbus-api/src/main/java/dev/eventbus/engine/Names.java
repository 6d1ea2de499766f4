package dev.eventbus.engine;

import dev.eventbus.DeadLetterTopic;
import dev.eventbus.GroupNameException;
import dev.eventbus.TopicNameException;
import java.util.Arrays;
import java.util.regex.Pattern;

/** Checks names of topics and groups (D5). */
final class Names {

  private static final Pattern LEGAL = Pattern.compile("[A-Za-z0-9._-]{1,200}");
  private static final Pattern DOT = Pattern.compile("\\.");
  private static final String RULE = "1 to 200 characters of A-Z a-z 0-9 . _ - are allowed";

  private Names() {}

  /** A topic that applications may publish to. */
  static void checkTopic(String topic) {
    if (!LEGAL.matcher(topic).matches()) {
      throw new TopicNameException("Topic \"" + shown(topic) + "\" is illegal: " + RULE + ".");
    }
    if (hasReservedSegment(topic)) {
      throw new TopicNameException("Topic \""
          + topic
          + "\" has the reserved segment \"dlq\": dead letters are written by the bus alone;"
          + " rename the topic.");
    }
  }

  /** A topic that applications may subscribe to: dead letters too. */
  static void checkReadableTopic(String topic) {
    var letters = DeadLetterTopic.parse(topic);
    if (letters.isEmpty()) {
      checkTopic(topic);
      return;
    }
    checkTopic(letters.get().topic());
    checkGroup(letters.get().group());
  }

  static void checkGroup(String group) {
    if (!LEGAL.matcher(group).matches()) {
      throw new GroupNameException("Group \"" + shown(group) + "\" is illegal: " + RULE + ".");
    }
    if (hasReservedSegment(group)) {
      throw new GroupNameException(
          "Group \"" + group + "\" has the reserved segment \"dlq\": rename the group.");
    }
  }

  private static boolean hasReservedSegment(String name) {
    return Arrays.asList(DOT.split(name, -1)).contains("dlq");
  }

  private static String shown(String name) {
    return name.length() <= 210 ? name : name.substring(0, 210) + "…";
  }
}
