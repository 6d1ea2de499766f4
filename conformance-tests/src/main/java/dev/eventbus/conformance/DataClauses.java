package dev.eventbus.conformance;

import static dev.eventbus.conformance.Claims.claim;
import static dev.eventbus.conformance.Claims.claimEqual;
import static dev.eventbus.conformance.Claims.claimThrows;
import static dev.eventbus.conformance.Claims.claimWithin;

import dev.eventbus.Event;
import dev.eventbus.EventBus;
import dev.eventbus.GroupNameException;
import dev.eventbus.TopicNameException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** D1, D2, D5: what goes in comes out. */
public interface DataClauses extends Conformance {

  /** D1. */
  @Test
  @Proves(Clause.D1)
  default void d1_payloadsComeOutAsTheyWentIn() {
    EventBus bus = bench().connect();
    var all = new byte[256];
    for (int i = 0; i < all.length; i++) {
      all[i] = (byte) i;
    }
    int roomForTheRest = 1024;
    var largest = new byte[Math.toIntExact(bus.capabilities().maxEventBytes()) - roomForTheRest];
    Arrays.fill(largest, (byte) 0xa5);
    List<byte[]> payloads = List.of(new byte[0], new byte[] {0}, new byte[] {-1}, all, largest);
    var events = new ArrayList<Event>();
    payloads.forEach(payload -> events.add(Event.of("k", payload)));
    List<Event> arrived = through(bus, bench().name("d1"), events, Clause.D1);
    for (int i = 0; i < payloads.size(); i++) {
      claim(
          Clause.D1,
          Arrays.equals(payloads.get(i), arrived.get(i).payload()),
          "payload %d has changed".formatted(i));
    }
  }

  /** D2. */
  @Test
  @Proves(Clause.D2)
  default void d2_attributesComeOutAsTheyWentIn() {
    EventBus bus = bench().connect();
    Event.Builder many = Event.builder().key("many").payload("x");
    for (int i = 0; i < 100; i++) {
      many.header("header-" + i, "value " + i);
    }
    List<Event> events = List.of(
        many.build(),
        Event.builder()
            .id("id \"with\" \\ and é")
            .source("urn:quelle/ü?x=1#y")
            .type("com.example.тип")
            .time(Instant.parse("2026-01-02T03:04:05.123456789Z"))
            .key("ключ 🔑 = & % \n\t")
            .header("Ünïcode", "日本語 😀 \u0001 \r\n")
            .header("empty", "")
            .payload("x")
            .build(),
        Event.builder().key("").payload("empty key").build(),
        Event.builder().payload("no key").build());
    List<Event> arrived = through(bus, bench().name("d2"), events, Clause.D2);
    for (Event event : events) {
      Event same = arrived.stream()
          .filter(other -> other.id().equals(event.id()))
          .findFirst()
          .orElseThrow(() -> ClauseFailure.of(Clause.D2, "no event has the id " + event.id()));
      claimEqual(Clause.D2, event.headers(), same.headers(), "headers");
      claimEqual(Clause.D2, event, same, "the event");
    }
  }

  private List<Event> through(EventBus bus, String topic, List<Event> events, Clause clause) {
    List<Event> arrived = new CopyOnWriteArrayList<>();
    bus.subscribe(
        topic, "group", delivery -> arrived.add(delivery.event()), bench().options());
    events.forEach(event -> bus.publish(topic, event).join());
    claimWithin(Claims.SOON, clause, "all events", () -> arrived.size() == events.size());
    return arrived;
  }

  /** D5. */
  @Test
  @Proves(Clause.D5)
  default void d5_namesAreDifferentOrRefused() {
    EventBus bus = bench().connect();
    String base = bench().name("d5");
    String longest = (base + "-" + "x".repeat(200)).substring(0, 200);
    List<String> names =
        List.of(base + ".a", base + "_a", base + "-a", base + ".A", base + ".a.", longest);
    for (String name : names) {
      bus.publish(name, Event.of("k", name)).join();
    }
    for (String name : names) {
      List<String> arrived = new CopyOnWriteArrayList<>();
      bus.subscribe(name, "group", delivery -> arrived.add(delivery.event().text()));
      claimWithin(Claims.SOON, Clause.D5, "the event of " + name, () -> !arrived.isEmpty());
      claimEqual(Clause.D5, List.of(name), arrived, "what topic " + name + " has");
    }
    for (String bad : List.of("", "a b", "ä", longest + "x", "a.dlq.b", "dlq", "a/b")) {
      claimThrows(
          Clause.D5,
          TopicNameException.class,
          () -> bus.publish(bad, Event.of("k", "x")).join());
    }
    for (String bad : List.of("", "a b", "ä", longest + "x", "a/b")) {
      claimThrows(
          Clause.D5, GroupNameException.class, () -> bus.subscribe(base, bad, delivery -> {}));
    }
  }
}
