package dev.eventbus.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeType;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.eventbus.Event;
import dev.eventbus.InvalidEventException;
import java.io.IOException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Base64;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Each line is a JSON object; what it does not say comes from the options. Takes what {@link
 * JsonPrinter} prints, so that one topic can be piped into another. Blank lines are skipped.
 */
final class JsonInput implements Input {

  private static final Set<String> FIELDS =
      Set.of("key", "payload", "payloadBase64", "headers", "id", "type", "source", "time");

  /** What a delivery has beside its event; says nothing about the event to publish. */
  private static final Set<String> IGNORED =
      Set.of("topic", "group", "lane", "attempt", "redelivered", "fence", "failing");

  private final ByteLines lines;
  private final EventTemplate template;

  JsonInput(ByteLines lines, EventTemplate template) {
    this.lines = lines;
    this.template = template;
  }

  @Override
  public @Nullable Event next() throws IOException, BadInputException {
    byte[] line = lines.next();
    while (line != null && isBlank(line)) {
      line = lines.next();
    }
    return line == null ? null : event(object(line));
  }

  @Override
  public String where() {
    return "line " + lines.number();
  }

  private static boolean isBlank(byte[] line) {
    for (byte one : line) {
      if (one != ' ' && one != '\t') {
        return false;
      }
    }
    return true;
  }

  private static ObjectNode object(byte[] line) throws IOException, BadInputException {
    try {
      if (Json.MAPPER.readTree(line) instanceof ObjectNode object) {
        return object;
      }
    } catch (JsonProcessingException notJson) {
      throw new BadInputException("not JSON: " + notJson.getOriginalMessage());
    }
    throw new BadInputException("not a JSON object such as {\"payload\": \"hello\"}");
  }

  private Event event(ObjectNode json) throws BadInputException {
    checkFields(json);
    var event = template.start();
    String payload = text(json, "payload");
    String base64 = text(json, "payloadBase64");
    if ((payload == null) == (base64 == null)) {
      throw new BadInputException("give one of payload and payloadBase64");
    }
    try {
      if (payload != null) {
        event.payload(payload);
      } else if (base64 != null) {
        event.payload(Base64.getDecoder().decode(base64));
      }
      String key = text(json, "key");
      event.key(key != null ? key : template.keyOf(payload == null ? "" : payload));
      setAttributes(json, event);
      return event.build();
    } catch (InvalidEventException | IllegalArgumentException wrong) {
      throw new BadInputException(String.valueOf(wrong.getMessage()));
    }
  }

  private static void setAttributes(ObjectNode json, Event.Builder event) throws BadInputException {
    String id = text(json, "id");
    if (id != null) {
      event.id(id);
    }
    String type = text(json, "type");
    if (type != null) {
      event.type(type);
    }
    String source = text(json, "source");
    if (source != null) {
      event.source(source);
    }
    String time = text(json, "time");
    if (time != null) {
      event.time(instant(time));
    }
    JsonNode headers = json.get("headers");
    if (headers == null || headers.isNull()) {
      return;
    }
    if (!(headers instanceof ObjectNode named)) {
      throw new BadInputException("headers is not an object of texts");
    }
    for (var header : named.properties()) {
      String value = text(named, header.getKey());
      if (value != null) {
        event.header(header.getKey(), value);
      }
    }
  }

  private static void checkFields(ObjectNode json) throws BadInputException {
    for (var field : json.properties()) {
      if (!FIELDS.contains(field.getKey()) && !IGNORED.contains(field.getKey())) {
        throw new BadInputException("unknown field " + field.getKey()
            + ": there are key, payload, payloadBase64, headers," + " id, type, source and time");
      }
    }
  }

  private static Instant instant(String text) throws BadInputException {
    try {
      return Instant.parse(text);
    } catch (DateTimeParseException unreadable) {
      throw new BadInputException(
          "time is \"" + text + "\", not an instant such as 2026-01-31T12:00:00Z");
    }
  }

  private static @Nullable String text(ObjectNode json, String field) throws BadInputException {
    JsonNode value = json.get(field);
    if (value == null || value.isNull()) {
      return null;
    }
    if (value.getNodeType() != JsonNodeType.STRING) {
      throw new BadInputException(field + " is not a text in quotes");
    }
    return value.textValue();
  }
}
