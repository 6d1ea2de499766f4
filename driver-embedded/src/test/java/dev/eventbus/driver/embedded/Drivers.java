package dev.eventbus.driver.embedded;

import dev.eventbus.Event;
import dev.eventbus.Settings;
import dev.eventbus.StartAt;
import dev.eventbus.spi.Append;
import dev.eventbus.spi.Driver;
import dev.eventbus.spi.JoinRequest;
import dev.eventbus.spi.JoinRequest.GroupKind;
import dev.eventbus.spi.LaneCount;
import dev.eventbus.spi.MessageId;
import dev.eventbus.spi.OpenRequest;
import dev.eventbus.spi.Position;
import dev.eventbus.spi.TopicRequest;
import dev.eventbus.spi.TopicWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Opens drivers and publishes through them. */
final class Drivers {

  static final Duration LEASE = Duration.ofSeconds(2);

  private static final AtomicLong SEQUENCE = new AtomicLong();

  private Drivers() {}

  static Driver open(Path file, String... more) {
    return open(file.toString(), more);
  }

  static Driver open(String file, String... more) {
    var settings = new HashMap<String, String>();
    settings.put(EmbeddedConfig.FILE, file);
    for (int i = 0; i < more.length; i += 2) {
      settings.put(more[i], more[i + 1]);
    }
    return new EmbeddedProvider().open(new OpenRequest(Settings.of(settings), System::nanoTime));
  }

  static TopicRequest topic(String name, int lanes) {
    return new TopicRequest(name, new LaneCount(lanes, LaneCount.Firmness.ADVICE));
  }

  static TopicWriter writer(Driver driver, String topic, int lanes) {
    return get(driver.writer(topic(topic, lanes)).toCompletableFuture());
  }

  static JoinRequest join(String topic, int lanes, String group) {
    return join(topic, lanes, group, StartAt.earliest());
  }

  static JoinRequest join(String topic, int lanes, String group, StartAt start) {
    return new JoinRequest(topic(topic, lanes), group, GroupKind.DURABLE, start, LEASE);
  }

  static JoinRequest ephemeral(String topic, int lanes, String group, Duration lease) {
    return new JoinRequest(
        topic(topic, lanes), group, GroupKind.EPHEMERAL, StartAt.latest(), lease);
  }

  static CompletableFuture<Position> append(TopicWriter writer, int lane, String text) {
    return append(writer, lane, Event.builder().payload(text).build());
  }

  static CompletableFuture<Position> append(TopicWriter writer, int lane, Event event) {
    var id = new MessageId.Sequential("test", SEQUENCE.incrementAndGet());
    return writer.append(new Append(lane, event, id)).toCompletableFuture();
  }

  /** Publishes {@code prefix-0 …} to a lane and waits until all is stored. */
  static List<Position> publish(TopicWriter writer, int lane, String prefix, int count) {
    var stages = new ArrayList<CompletableFuture<Position>>();
    for (int i = 0; i < count; i++) {
      stages.add(append(writer, lane, prefix + "-" + i));
    }
    return stages.stream().map(Drivers::get).toList();
  }

  static <T> T get(CompletableFuture<T> future) {
    try {
      return future.get(20, TimeUnit.SECONDS);
    } catch (Exception failure) {
      throw new AssertionError("The stage did not complete normally", failure);
    }
  }

  static Map<String, String> named(List<String> pairs) {
    var map = new HashMap<String, String>();
    for (int i = 0; i < pairs.size(); i += 2) {
      map.put(pairs.get(i), pairs.get(i + 1));
    }
    return map;
  }
}
