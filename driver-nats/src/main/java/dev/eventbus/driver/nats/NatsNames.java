package dev.eventbus.driver.nats;

import dev.eventbus.TopicNameException;
import dev.eventbus.spi.KeyLane;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * The bus's names as those of NATS; {@code docs/names.md} is the same for readers. Names of topics
 * and groups have {@code A-Z a-z 0-9 . _ -}; all that is added begins with another character, so no
 * two names meet.
 *
 * <p>Stream and consumer names and KV keys have {@code =} for a dot. A name of more than 200
 * characters, that of a dead-letter topic, is cut to 160 and given a hash; it then has 201 characters
 * and so is none of the others. The stream's metadata has the topic in full.
 */
final class NatsNames {

  /** No name that is not cut is longer. */
  private static final int MAX_WHOLE = 200;

  private static final int KEPT = 160;
  private static final int HASH_BYTES = 20;

  /** Longer tokens do not fit the server's {@code max_control_line} together with the rest. */
  static final int MAX_TOKEN = 1_024;

  /** Stands for an empty segment, which no subject may have. */
  private static final String EMPTY_SEGMENT = "=";

  /** In place of a token where an event has no key, and before the hash of one that is too long. */
  private static final String NO_TOKEN = "~";

  private static final String KEYED = ".~.";
  private static final String STORED = ".@";
  private static final String SCHEDULED = ".$.";
  private static final String ROSTER = "_EVENTBUS.";

  private NatsNames() {}

  /**
   * The stream of a topic.
   *
   * @throws TopicNameException if the name would be that of a bucket of NATS
   */
  static String stream(String topic) {
    if (topic.startsWith("KV_") || topic.startsWith("OBJ_")) {
      throw new TopicNameException("Topic \"" + topic
          + "\" cannot be on NATS: streams named KV_… and OBJ_… are NATS' own buckets;"
          + " rename the topic.");
    }
    return escaped(topic);
  }

  /** The consumer of a group's lane, unique within the topic's stream. */
  static String consumer(String group, int lane) {
    return consumers(group) + "=" + lane;
  }

  /** What the names of a group's consumers begin with, and its part of other names. */
  static String consumers(String group) {
    return escaped(group);
  }

  /** Where raw clients publish events without a key; also the beginning of all further subjects. */
  static String subject(String topic) {
    if (isSubject(topic)) {
      return topic;
    }
    var subject = new StringBuilder(topic.length() + 8);
    int start = 0;
    for (int end = topic.indexOf('.'); end >= 0; end = topic.indexOf('.', start)) {
      subject.append(end == start ? EMPTY_SEGMENT : topic.substring(start, end)).append('.');
      start = end + 1;
    }
    return subject
        .append(start == topic.length() ? EMPTY_SEGMENT : topic.substring(start))
        .toString();
  }

  private static boolean isSubject(String topic) {
    return !topic.startsWith(".") && !topic.endsWith(".") && !topic.contains("..");
  }

  /** The queue group of a group, where there is no JetStream. */
  static String queue(String group) {
    return subject(group);
  }

  /** Where events with a key are published: the server maps it to the key's lane. */
  static String keyedSubject(String topic, String key) {
    return subject(topic) + KEYED + KeyLane.token(key);
  }

  /** All keyed subjects of a topic; the source of its transform. */
  static String keyedSubjects(String topic) {
    return subject(topic) + KEYED + "*";
  }

  /** What the server makes of a keyed subject; the destination of the topic's transform. */
  static String transformed(String topic, int lanes) {
    return subject(topic) + STORED + lanes + ".{{partition(" + lanes + ",1)}}.{{wildcard(1)}}";
  }

  /**
   * The subject of a stored event. A key whose token is too long has a hash in its place, and is read
   * from the event's headers.
   */
  static String stored(String topic, int lanes, int lane, @Nullable String key) {
    return lanePrefix(topic, lanes, lane) + token(key);
  }

  /** The subject of an event that is stored once for its id, however often it is written. */
  static String storedOnce(String topic, int lanes, int lane, String id) {
    return lanePrefix(topic, lanes, lane) + NO_TOKEN + NO_TOKEN + hash(id);
  }

  private static String token(@Nullable String key) {
    if (key == null) {
      return NO_TOKEN;
    }
    String token = KeyLane.token(key);
    return token.length() <= MAX_TOKEN ? token : NO_TOKEN + hash(token);
  }

  /** All stored events of a lane. */
  static String laneFilter(String topic, int lanes, int lane) {
    return lanePrefix(topic, lanes, lane) + "*";
  }

  /** All stored events of a topic, but for those published to its bare subject. */
  static String storedSubjects(String topic, int lanes) {
    return subject(topic) + STORED + lanes + ".*.*";
  }

  private static String lanePrefix(String topic, int lanes, int lane) {
    return subject(topic) + STORED + lanes + "." + lane + ".";
  }

  /** Where an event waits that is to be delivered later. */
  static String scheduled(String topic, String id) {
    return subject(topic) + SCHEDULED + id;
  }

  /** All subjects of waiting events. */
  static String scheduledSubjects(String topic) {
    return subject(topic) + SCHEDULED + "*";
  }

  /** The key that a keyed or stored subject of the topic names, or null. */
  static @Nullable String keyOf(String topic, String subject) {
    int length = subject(topic).length();
    boolean keyed = subject.startsWith(KEYED, length);
    if (!keyed && !subject.startsWith(STORED, length)) {
      return null;
    }
    String token = subject.substring(subject.lastIndexOf('.') + 1);
    if (token.startsWith(NO_TOKEN)) {
      return null;
    }
    String key = token.equals("%") ? "" : PercentText.decode(token);
    // What is no token of the bus is somebody's key as it is, in the lane that the server gave it.
    return KeyLane.token(key).equals(token) ? key : token;
  }

  /** The KV key of a lane's record. */
  static String recordKey(String topic, String group, int lane) {
    return escaped(topic) + "." + escaped(group) + "." + lane;
  }

  /** The KV key of a member of a group; never one of {@link #recordKey}. */
  static String memberKey(String topic, String group, String member) {
    return memberKeys(topic, group, escaped(member));
  }

  /** Matches the KV keys of all members of a group. */
  static String memberKeys(String topic, String group) {
    return memberKeys(topic, group, "*");
  }

  /** Where the members of a group tell each other that they are there. */
  static String roster(String topic, String group) {
    return ROSTER + escaped(topic) + "." + escaped(group);
  }

  private static String memberKeys(String topic, String group, String last) {
    return escaped(topic) + "." + escaped(group) + ".m." + last;
  }

  private static String escaped(String name) {
    String whole = name.replace('.', '=');
    return whole.length() <= MAX_WHOLE ? whole : whole.substring(0, KEPT) + "=" + hash(name);
  }

  /** 160 bits of SHA-256 in lower-case hex. */
  private static String hash(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, HASH_BYTES);
    } catch (NoSuchAlgorithmException impossible) {
      throw new AssertionError("every JDK has SHA-256", impossible);
    }
  }
}
