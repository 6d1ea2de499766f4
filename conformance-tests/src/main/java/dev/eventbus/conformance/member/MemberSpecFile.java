package dev.eventbus.conformance.member;

import dev.eventbus.Backoff;
import dev.eventbus.OnExhausted;
import dev.eventbus.Profile;
import dev.eventbus.StartAt;
import dev.eventbus.SubscribeOptions;
import dev.eventbus.SubscriptionListener;
import dev.eventbus.conformance.history.HistoryEvent.HandlerKind;
import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Properties;

/** A member's specification as a properties file, for its own process. */
final class MemberSpecFile {

  private static final String SETTING = "setting.";
  private static final String LATEST = "latest";
  private static final String REQUIRES = "requires";
  private static final String EARLIEST = "earliest";

  private MemberSpecFile() {}

  static void write(MemberSpec spec, Path file) throws IOException {
    var values = new Properties();
    spec.settings().forEach((name, value) -> values.setProperty(SETTING + name, value));
    values.setProperty("name", spec.name());
    values.setProperty("topic", spec.topic());
    values.setProperty("group", spec.group());
    values.setProperty("handlers", spec.handlers().name());
    values.setProperty("work", spec.work().toString());
    values.setProperty("history", spec.history().toString());
    writeOptions(spec.options(), values);
    try (Writer writer = Files.newBufferedWriter(file)) {
      values.store(writer, null);
    }
  }

  private static void writeOptions(SubscribeOptions options, Properties values) {
    StartAt start = options.start();
    values.setProperty(
        "start",
        start instanceof StartAt.At at
            ? at.time().toString()
            : start instanceof StartAt.Latest ? LATEST : EARLIEST);
    values.setProperty("maxAttempts", "" + options.maxAttempts());
    values.setProperty("backoff.first", options.backoff().first().toString());
    values.setProperty("backoff.factor", "" + options.backoff().factor());
    values.setProperty("backoff.most", options.backoff().most().toString());
    values.setProperty("backoff.jitter", "" + options.backoff().jitter());
    values.setProperty("concurrency", "" + options.concurrency());
    values.setProperty("maxInFlight", "" + options.maxInFlight());
    values.setProperty("lease", options.lease().toString());
    values.setProperty("onExhausted", options.onExhausted().name());
    values.setProperty("drainTimeout", options.drainTimeout().toString());
    values.setProperty("maxSpan", "" + options.maxSpan());
    values.setProperty("maxBufferedBytes", "" + options.maxBufferedBytes());
    Profile requires = options.requires();
    if (requires != null) {
      values.setProperty(REQUIRES, requires.name());
    }
  }

  static MemberSpec read(Path file) throws IOException {
    var values = new Properties();
    try (Reader reader = Files.newBufferedReader(file)) {
      values.load(reader);
    }
    var settings = new HashMap<String, String>();
    for (String name : values.stringPropertyNames()) {
      if (name.startsWith(SETTING)) {
        settings.put(name.substring(SETTING.length()), text(values, name));
      }
    }
    return new MemberSpec(
        text(values, "name"),
        settings,
        text(values, "topic"),
        text(values, "group"),
        readOptions(values),
        HandlerKind.valueOf(text(values, "handlers")),
        time(values, "work"),
        Path.of(text(values, "history")));
  }

  private static SubscribeOptions readOptions(Properties values) {
    String start = text(values, "start");
    return new SubscribeOptions(
        switch (start) {
          case EARLIEST -> StartAt.earliest();
          case LATEST -> StartAt.latest();
          default -> StartAt.at(Instant.parse(start));
        },
        number(values, "maxAttempts"),
        new Backoff(
            time(values, "backoff.first"),
            Double.parseDouble(text(values, "backoff.factor")),
            time(values, "backoff.most"),
            Double.parseDouble(text(values, "backoff.jitter"))),
        number(values, "concurrency"),
        number(values, "maxInFlight"),
        time(values, "lease"),
        OnExhausted.valueOf(text(values, "onExhausted")),
        time(values, "drainTimeout"),
        number(values, "maxSpan"),
        Long.parseLong(text(values, "maxBufferedBytes")),
        SubscriptionListener.NONE,
        values.containsKey(REQUIRES) ? Profile.valueOf(text(values, REQUIRES)) : null);
  }

  private static String text(Properties values, String name) {
    String value = values.getProperty(name);
    if (value == null) {
      throw new IllegalArgumentException("the specification has no " + name);
    }
    return value;
  }

  private static int number(Properties values, String name) {
    return Integer.parseInt(text(values, name));
  }

  private static Duration time(Properties values, String name) {
    return Duration.parse(text(values, name));
  }
}
