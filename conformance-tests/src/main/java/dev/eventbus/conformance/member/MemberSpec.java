package dev.eventbus.conformance.member;

import dev.eventbus.Settings;
import dev.eventbus.SubscribeOptions;
import dev.eventbus.conformance.history.HistoryEvent.HandlerKind;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/**
 * What a member is started with.
 *
 * @param name its name in the history
 * @param settings what it connects with
 * @param topic what it subscribes to
 * @param group its group; empty for a broadcast
 * @param options how; the listener is the kit's own
 * @param handlers what kind of handlers it has
 * @param work how long each handler takes before it does what its event says
 * @param history the file that it appends to
 */
public record MemberSpec(
    String name,
    Map<String, String> settings,
    String topic,
    String group,
    SubscribeOptions options,
    HandlerKind handlers,
    Duration work,
    Path history) {

  public MemberSpec {
    settings = Map.copyOf(settings);
  }

  /** What its bus connects with. */
  Settings busSettings() {
    return settings.isEmpty() ? Settings.fromEnvironment() : Settings.of(settings);
  }

  /** A copy that takes its settings from the environment of its process. */
  public MemberSpec byEnvironment() {
    return new MemberSpec(name, Map.of(), topic, group, options, handlers, work, history);
  }

  /** A copy with other {@link #options()}. */
  public MemberSpec withOptions(SubscribeOptions value) {
    return new MemberSpec(name, settings, topic, group, value, handlers, work, history);
  }

  /** A copy with another {@link #group()}. */
  public MemberSpec withGroup(String value) {
    return new MemberSpec(name, settings, topic, value, options, handlers, work, history);
  }

  /** A copy with other {@link #handlers()}. */
  public MemberSpec withHandlers(HandlerKind value) {
    return new MemberSpec(name, settings, topic, group, options, value, work, history);
  }

  /** A copy with another {@link #work()}. */
  public MemberSpec withWork(Duration value) {
    return new MemberSpec(name, settings, topic, group, options, handlers, value, history);
  }
}
