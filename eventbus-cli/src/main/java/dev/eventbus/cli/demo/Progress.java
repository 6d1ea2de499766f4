package dev.eventbus.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What has happened so far, by the histories; for the eye and the timing, not for the verdict. */
final class Progress {

  private final DemoPlan plan;
  private final BitSet settled = new BitSet();
  private final Map<String, Integer> handledBy = new HashMap<>();
  private final Map<String, Long> pids = new HashMap<>();
  private final Set<Long> dead = new HashSet<>();
  private int published;
  private int confirmed;
  private int answered;
  private int deadLetters;
  private int deaths;

  Progress(DemoPlan plan) {
    this.plan = plan;
  }

  int published() {
    return published;
  }

  /** Whether every publish was answered, well or not, and whatever was confirmed is settled. */
  boolean allSettled() {
    return answered == plan.events() && settled() >= confirmed;
  }

  /** Events handled or dead-lettered, each once. */
  int settled() {
    return settled.cardinality();
  }

  int handledBy(String member) {
    return handledBy.getOrDefault(member, 0);
  }

  boolean isUp(String member) {
    Long pid = pids.get(member);
    return pid != null && !dead.contains(pid);
  }

  int deadLettersSeen() {
    return deadLetters;
  }

  /** Takes a line of a history; answers what it says of a fault, or null. */
  @Nullable
  String take(JsonNode line) {
    String member = line.path("member").asText();
    long pid = line.path("pid").asLong();
    switch (line.path("type").asText()) {
      case "PublishCalled" -> published++;
      case "PublishOk" -> {
        confirmed++;
        answered++;
      }
      case "PublishFailed", "PublishUnknown" -> {
        answered++;
        return "an event is not confirmed: " + line.path("why").asText();
      }
      case "HandlerEnded" -> {
        return handled(line, member);
      }
      case "ProcessHalts" -> {
        dead.add(pid);
        deaths++;
        return "%s dies in the handler of the poison event %s (death %d)"
            .formatted(member, event(line), deaths);
      }
      case "ProcessKilled" -> {
        long target = line.path("target").asLong();
        dead.add(target);
        return "kill -9 for " + memberOf(target);
      }
      case "MemberStarted" -> {
        return pids.put(member, pid) == null ? null : member + " is back as process " + pid;
      }
      case "DeadLetterSeen" -> {
        deadLetters++;
        settle(line);
        return "%s is dead-lettered (%s)"
            .formatted(event(line), line.path("reason").asText());
      }
      default -> {
        return null;
      }
    }
    return null;
  }

  private @Nullable String handled(JsonNode line, String member) {
    if (line.path("outcome").asText().equals("OK")) {
      handledBy.merge(member, 1, Integer::sum);
      settle(line);
      return null;
    }
    return "%s fails in %s and will be tried again".formatted(event(line), member);
  }

  private void settle(JsonNode line) {
    settled.set(DemoTopic.number(line.path("id").asText()));
  }

  private String memberOf(long pid) {
    return pids.entrySet().stream()
        .filter(entry -> entry.getValue() == pid)
        .map(Map.Entry::getKey)
        .findFirst()
        .orElse("process " + pid);
  }

  private static String event(JsonNode line) {
    return line.path("key").asText() + "#" + line.path("number").asLong();
  }
}
