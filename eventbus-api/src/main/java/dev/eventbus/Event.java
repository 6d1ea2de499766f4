package dev.eventbus;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A CloudEvents 1.0 event with an optional key (the {@code partitionkey} extension).
 *
 * <p>Immutable as far as its payload is left alone: the bytes are neither copied in nor out, so that
 * large payloads cost nothing. Events of one key are handled in order; events without a key run
 * concurrently.
 */
public final class Event {

  /** The source of an event that names none. */
  public static final String DEFAULT_SOURCE = "eventbus";

  /** The type of an event that names none. */
  public static final String DEFAULT_TYPE = "event";

  private final String id;
  private final String source;
  private final String type;
  private final Instant time;
  private final @Nullable String key;
  private final Map<String, String> headers;
  private final byte[] payload;

  private Event(Builder builder, byte[] payload) {
    this.id = builder.id == null ? EventIds.next() : builder.id;
    this.source = builder.source;
    this.type = builder.type;
    this.time = builder.time == null ? Instant.now() : builder.time;
    this.key = builder.key;
    this.headers = builder.headers == null ? Map.of() : Map.copyOf(builder.headers);
    this.payload = payload;
  }

  /** An event with a key and a text payload in UTF-8. */
  public static Event of(String key, String payload) {
    return builder().key(key).payload(payload).build();
  }

  /** An event with a key. */
  public static Event of(String key, byte[] payload) {
    return builder().key(key).payload(payload).build();
  }

  /** An event without a key. */
  public static Event of(byte[] payload) {
    return builder().payload(payload).build();
  }

  /** Starts an event; only the payload is needed. */
  public static Builder builder() {
    return new Builder();
  }

  /** Starts a copy of this event, id and time included. */
  public Builder toBuilder() {
    var copy = new Builder();
    copy.id = id;
    copy.source = source;
    copy.type = type;
    copy.time = time;
    copy.key = key;
    copy.headers = headers.isEmpty() ? null : new LinkedHashMap<>(headers);
    copy.payload = payload;
    return copy;
  }

  /** Unique within its source; drawn by the bus when not given. */
  public String id() {
    return id;
  }

  /** Who made it, a URI reference; default {@value #DEFAULT_SOURCE}. */
  public String source() {
    return source;
  }

  /** What kind of event it is; default {@value #DEFAULT_TYPE}. */
  public String type() {
    return type;
  }

  /** When it was made; default now. */
  public Instant time() {
    return time;
  }

  /** What orders it, or null; the empty text is a key like any other. */
  public @Nullable String key() {
    return key;
  }

  /** Further names and values, any Unicode; never null, not modifiable. */
  public Map<String, String> headers() {
    return headers;
  }

  /** The bytes themselves, not a copy. */
  public byte[] payload() {
    return payload;
  }

  /** The payload read as UTF-8. */
  public String text() {
    return new String(payload, StandardCharsets.UTF_8);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Event that
        && id.equals(that.id)
        && source.equals(that.source)
        && type.equals(that.type)
        && time.equals(that.time)
        && Objects.equals(key, that.key)
        && headers.equals(that.headers)
        && Arrays.equals(payload, that.payload);
  }

  @Override
  public int hashCode() {
    return Objects.hash(id, source);
  }

  /** Names the event without its payload and header values. */
  @Override
  public String toString() {
    return "Event[id=%s, source=%s, type=%s, time=%s, key=%s, headers=%s, payload=%d bytes]"
        .formatted(id, source, type, time, key, headers.keySet(), payload.length);
  }

  /** Collects the parts of an event. Not thread-safe. */
  public static final class Builder {
    private @Nullable String id;
    private String source = DEFAULT_SOURCE;
    private String type = DEFAULT_TYPE;
    private @Nullable Instant time;
    private @Nullable String key;
    private @Nullable Map<String, String> headers;
    private byte @Nullable [] payload;

    private Builder() {}

    /** See {@link Event#id()}; not empty. */
    public Builder id(String value) {
      id = notEmpty(value, "id");
      return this;
    }

    /** See {@link Event#source()}; not empty. */
    public Builder source(String value) {
      source = notEmpty(value, "source");
      return this;
    }

    /** See {@link Event#type()}; not empty. */
    public Builder type(String value) {
      type = notEmpty(value, "type");
      return this;
    }

    /** See {@link Event#time()}. */
    public Builder time(Instant value) {
      time = Objects.requireNonNull(value, "time");
      return this;
    }

    /** See {@link Event#key()}. */
    public Builder key(@Nullable String value) {
      key = value;
      return this;
    }

    /** Adds or replaces one header; the name is not empty. */
    public Builder header(String name, String value) {
      notEmpty(name, "header name");
      Objects.requireNonNull(value, () -> "value of header " + name);
      if (headers == null) {
        headers = new LinkedHashMap<>();
      }
      headers.put(name, value);
      return this;
    }

    /** Adds or replaces headers. */
    public Builder headers(Map<String, String> values) {
      values.forEach(this::header);
      return this;
    }

    /** The bytes, not copied. */
    public Builder payload(byte[] value) {
      payload = value;
      return this;
    }

    /** A text, stored as UTF-8. */
    public Builder payload(String value) {
      payload = value == null ? null : value.getBytes(StandardCharsets.UTF_8);
      return this;
    }

    /**
     * The event.
     *
     * @throws InvalidEventException if the payload is missing
     */
    public Event build() {
      byte[] bytes = payload;
      if (bytes == null) {
        throw new InvalidEventException(
            "The event has no payload (null): give bytes or a text; an empty one is new byte[0].");
      }
      return new Event(this, bytes);
    }

    private static String notEmpty(String value, String attribute) {
      if (value == null || value.isEmpty()) {
        throw new InvalidEventException(
            "The event's " + attribute + " is null or empty: give a text, or leave it out.");
      }
      return value;
    }
  }
}
