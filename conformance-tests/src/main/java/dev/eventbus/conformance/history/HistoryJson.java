package dev.eventbus.conformance.history;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A history event as one flat JSON object: its type, then the record's components, those of nested
 * records in place. Written by hand, since loading a JSON library costs each member its start.
 */
final class HistoryJson {

  private static final JsonFactory FACTORY = new JsonFactory();
  private static final Map<String, Class<?>> TYPES = Stream.of(
          HistoryEvent.class.getPermittedSubclasses())
      .collect(Collectors.toUnmodifiableMap(Class::getSimpleName, type -> type));
  private static final Map<Class<?>, RecordComponent[]> COMPONENTS = new ConcurrentHashMap<>();

  private HistoryJson() {}

  static String encode(HistoryEvent event) {
    var json = new StringBuilder(320);
    json.append("{\"type\":\"").append(event.getClass().getSimpleName()).append('"');
    appendComponents(json, event);
    return json.append('}').toString();
  }

  private static void appendComponents(StringBuilder json, Object instance) {
    for (RecordComponent component : components(instance.getClass())) {
      Object value = read(component, instance);
      if (value instanceof Record nested) {
        appendComponents(json, nested);
      } else if (value != null) {
        json.append(",\"").append(component.getName()).append("\":");
        appendValue(json, value);
      }
    }
  }

  private static @Nullable Object read(RecordComponent component, Object instance) {
    try {
      return component.getAccessor().invoke(instance);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void appendValue(StringBuilder json, Object value) {
    if (value instanceof Number || value instanceof Boolean) {
      json.append(value);
      return;
    }
    json.append('"');
    String text = value.toString();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        json.append('\\').append(c);
      } else if (c < 0x20 || Character.isSurrogate(c)) {
        json.append("\\u%04x".formatted((int) c));
      } else {
        json.append(c);
      }
    }
    json.append('"');
  }

  /** Reads a line back; throws when it is not a whole one. */
  static HistoryEvent decode(String line) throws IOException {
    Map<String, String> fields = fields(line);
    Class<?> type = TYPES.get(fields.getOrDefault("type", ""));
    if (type == null) {
      throw new IOException("not a history event: " + line);
    }
    return (HistoryEvent) instance(type, fields);
  }

  private static Map<String, String> fields(String line) throws IOException {
    var fields = new HashMap<String, String>();
    try (JsonParser parser = FACTORY.createParser(line)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new IOException("not an object: " + line);
      }
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.currentName();
        parser.nextToken();
        fields.put(name, parser.getText());
      }
      if (parser.currentToken() != JsonToken.END_OBJECT) {
        throw new IOException("torn: " + line);
      }
    }
    return fields;
  }

  private static Object instance(Class<?> type, Map<String, String> fields) throws IOException {
    RecordComponent[] components = components(type);
    var types = new Class<?>[components.length];
    var values = new @Nullable Object[components.length];
    for (int i = 0; i < components.length; i++) {
      types[i] = components[i].getType();
      values[i] = value(components[i].getName(), types[i], fields);
    }
    try {
      var constructor = type.getDeclaredConstructor(types);
      constructor.setAccessible(true);
      return constructor.newInstance(values);
    } catch (ReflectiveOperationException e) {
      throw new IOException("cannot make " + type.getSimpleName(), e);
    }
  }

  private static @Nullable Object value(String name, Class<?> type, Map<String, String> fields)
      throws IOException {
    if (type.isRecord()) {
      return instance(type, fields);
    }
    String text = fields.get(name);
    if (type == String.class) {
      return text;
    }
    if (text == null) {
      throw new IOException("no " + name);
    }
    if (type == long.class) {
      return Long.parseLong(text);
    }
    if (type == int.class) {
      return Integer.parseInt(text);
    }
    if (type == boolean.class) {
      return Boolean.parseBoolean(text);
    }
    for (Object constant : type.getEnumConstants()) {
      if (constant.toString().equals(text)) {
        return constant;
      }
    }
    throw new IOException("no such " + type.getSimpleName() + ": " + text);
  }

  private static RecordComponent[] components(Class<?> type) {
    return COMPONENTS.computeIfAbsent(type, key -> {
      RecordComponent[] components = key.getRecordComponents();
      for (RecordComponent component : components) {
        component.getAccessor().setAccessible(true);
      }
      return components;
    });
  }
}
