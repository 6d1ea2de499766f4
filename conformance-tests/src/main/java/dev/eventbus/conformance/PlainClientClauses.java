package dev.eventbus.conformance;

import static dev.eventbus.conformance.Claims.claim;
import static dev.eventbus.conformance.Claims.claimEqual;
import static dev.eventbus.conformance.Claims.claimWithin;

import dev.eventbus.Event;
import dev.eventbus.EventBus;
import dev.eventbus.conformance.BrokerFixture.RawClient;
import dev.eventbus.conformance.BrokerFixture.RawMessage;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** D3, D4: clients that know nothing of the bus. */
public interface PlainClientClauses extends Conformance {

  private RawClient plainClient(Clause clause) {
    return bench().opened(bench().needs(clause, bench().broker().raw(), "a plain client"));
  }

  private RawClient plainClientWithHeaders(Clause clause) {
    var plain = Optional.of(plainClient(clause)).filter(RawClient::hasHeaders);
    return bench().needs(clause, plain, "messages with headers");
  }

  private static byte[] allBytes() {
    var all = new byte[256];
    for (int i = 0; i < all.length; i++) {
      all[i] = (byte) i;
    }
    return all;
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** D3. */
  @Test
  @Proves(Clause.D3)
  default void d3_aPlainClientsMessagesArriveAsEvents() throws Exception {
    RawClient plain = plainClient(Clause.D3);
    EventBus bus = bench().connect();
    String topic = bench().name("d3");
    bus.publish(topic, Event.of("k", "creates the topic")).join();
    var messages = new ArrayList<>(List.of(
        new RawMessage(null, Map.of(), utf8("nothing but bytes")),
        new RawMessage("k", Map.of(), utf8("with a key")),
        new RawMessage("k", Map.of(), allBytes()),
        new RawMessage("k", Map.of(), new byte[0])));
    if (plain.hasHeaders()) {
      messages.add(new RawMessage(null, Map.of("colour", "blue"), utf8("with a header")));
      messages.add(new RawMessage("k", Map.of("name", "Zoë 日本"), utf8("with one beyond ASCII")));
    }
    messages.add(new RawMessage("k", Map.of(), utf8("the last one")));
    for (RawMessage message : messages) {
      plain.put(topic, message);
    }
    List<Event> arrived = new CopyOnWriteArrayList<>();
    bus.subscribe(
        topic, "group", delivery -> arrived.add(delivery.event()), bench().options());
    claimWithin(
        Claims.SOON, Clause.D3, "all messages", () -> arrived.size() >= messages.size() + 1);
    for (RawMessage message : messages) {
      Event event = arrived.stream()
          .filter(candidate -> Arrays.equals(candidate.payload(), message.payload()))
          .findFirst()
          .orElseThrow(() -> ClauseFailure.of(Clause.D3, "no event has the payload of " + message));
      claim(
          Clause.D3,
          Objects.equals(message.key(), event.key()),
          "the key %s became %s".formatted(message.key(), event.key()));
      claim(
          Clause.D3,
          event.headers().entrySet().containsAll(message.headers().entrySet()),
          "the headers %s became %s".formatted(message.headers(), event.headers()));
    }
    claimEqual(
        Clause.D3,
        arrived.size(),
        new HashSet<>(arrived.stream().map(Event::id).toList()).size(),
        "number of different ids");
    claimOrder(messages, arrived);
  }

  private static void claimOrder(List<RawMessage> messages, List<Event> arrived) {
    var sent = new ArrayList<String>();
    messages.stream()
        .filter(message -> message.key() != null)
        .forEach(message -> sent.add(Arrays.toString(message.payload())));
    var got = new ArrayList<String>();
    arrived.stream()
        .filter(event -> event.key() != null && !event.text().equals("creates the topic"))
        .forEach(event -> got.add(Arrays.toString(event.payload())));
    claimEqual(Clause.D3, sent, got, "the order of one key");
  }

  /** D3: events that a plain client has made CloudEvents of. */
  @Test
  @Proves(Clause.D3)
  default void d3_aPlainClientsAttributesAreTheEventsAttributes() throws Exception {
    RawClient plain = plainClientWithHeaders(Clause.D3);
    EventBus bus = bench().connect();
    String topic = bench().name("d3");
    bus.publish(topic, Event.of("k", "creates the topic")).join();
    Map<String, String> headers = Map.of(
        plain.headerOf("specversion"), "1.0",
        plain.headerOf("id"), "id-7",
        plain.headerOf("source"), "urn:plain",
        plain.headerOf("type"), "com.example.plain",
        plain.headerOf("time"), "2026-01-02T03:04:05Z");
    plain.put(topic, new RawMessage("k", headers, utf8("a CloudEvent")));
    List<Event> arrived = new CopyOnWriteArrayList<>();
    bus.subscribe(
        topic, "group", delivery -> arrived.add(delivery.event()), bench().options());
    claimWithin(Claims.SOON, Clause.D3, "both events", () -> arrived.size() == 2);
    Event event = arrived.get(1);
    claimEqual(Clause.D3, "id-7", event.id(), "the id");
    claimEqual(Clause.D3, "urn:plain", event.source(), "the source");
    claimEqual(Clause.D3, "com.example.plain", event.type(), "the type");
    claimEqual(Clause.D3, Instant.parse("2026-01-02T03:04:05Z"), event.time(), "the time");
    claimEqual(Clause.D3, "a CloudEvent", event.text(), "the payload");
  }

  /** D4. */
  @Test
  @Proves(Clause.D4)
  default void d4_aPlainClientReadsPayloadAndAttributes() throws Exception {
    RawClient plain = plainClientWithHeaders(Clause.D4);
    EventBus bus = bench().connect();
    String topic = bench().name("d4");
    List<Event> events = List.of(
        Event.builder()
            .id("id-1")
            .source("urn:kit")
            .type("kit.d4")
            .time(Instant.parse("2026-01-02T03:04:05.123456789Z"))
            .key("customer-42")
            .header("colour", "blue")
            .payload(allBytes())
            .build(),
        Event.builder()
            .id("id-2 é")
            .source("urn:kit/ü")
            .key("ключ 🔑")
            .header("name", "Zoë 日本")
            .payload(new byte[0])
            .build(),
        Event.builder().payload("no key").build());
    events.forEach(event -> bus.publish(topic, event).join());
    List<RawMessage> stored = plain.stored(topic);
    claimEqual(Clause.D4, events.size(), stored.size(), "number of stored messages");
    for (Event event : events) {
      claimStored(plain, event, stored);
    }
  }

  private static void claimStored(RawClient plain, Event event, List<RawMessage> stored) {
    RawMessage message = stored.stream()
        .filter(candidate -> event.id().equals(attribute(plain, candidate, "id")))
        .findFirst()
        .orElseThrow(() -> ClauseFailure.of(
            Clause.D4, "no message has %s %s".formatted(plain.headerOf("id"), event.id())));
    claim(
        Clause.D4,
        Arrays.equals(event.payload(), message.payload()),
        "the payload of %s is stored as %s"
            .formatted(event.id(), Arrays.toString(message.payload())));
    claimAttribute(plain, message, "source", event.source());
    claimAttribute(plain, message, "type", event.type());
    claimAttribute(plain, message, "time", event.time().toString());
    claimAttribute(plain, message, "partitionkey", event.key());
    event
        .headers()
        .forEach((name, value) -> claim(
            Clause.D4,
            message.headers().containsKey(name)
                && plain.decoded(message.headers().get(name)).equals(value),
            "header %s of %s is stored as %s".formatted(name, event.id(), message.headers())));
  }

  private static void claimAttribute(
      RawClient plain, RawMessage message, String attribute, @Nullable String expected) {
    String actual = attribute(plain, message, attribute);
    claim(
        Clause.D4,
        Objects.equals(expected, actual),
        "%s is %s and not %s".formatted(plain.headerOf(attribute), actual, expected));
  }

  private static @Nullable String attribute(RawClient plain, RawMessage message, String attribute) {
    String value = message.headers().get(plain.headerOf(attribute));
    return value == null ? null : plain.decoded(value);
  }
}
