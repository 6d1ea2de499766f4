package dev.eventbus.driver.nats;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.eventbus.Event;
import dev.eventbus.spi.LaneEvent;
import dev.eventbus.spi.Position;
import io.nats.client.impl.Headers;
import io.nats.client.support.IncomingHeadersProcessor;
import java.time.Instant;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

/** Events survive the wire as jnats reads it; what others write is read as far as it goes. */
class EventWireTest {

  private static final long SEED = 20_260_101;
  private static final Instant STORED = Instant.parse("2026-02-03T04:05:06.789012345Z");
  private static final byte[] DATA = "data".getBytes(UTF_8);

  private static Stored at(String key) {
    return new Stored(
        Position.of(7), STORED.getEpochSecond() * 1_000_000_000 + STORED.getNano(), key);
  }

  private static Event through(Event event) {
    byte[] block = EventWire.headers(event).getSerialized();
    Headers parsed = new IncomingHeadersProcessor(block).getHeaders();
    Event read = event(EventWire.read(at("other"), event.payload(), parsed));
    assertThat(event(EventWire.readRaw(at("other"), event.payload(), block))).isEqualTo(read);
    return read;
  }

  private static Event event(LaneEvent read) {
    assertThat(read).isInstanceOf(LaneEvent.Decoded.class);
    return ((LaneEvent.Decoded) read).event();
  }

  private static LaneEvent.Undecodable undecodable(LaneEvent read) {
    assertThat(read).isInstanceOf(LaneEvent.Undecodable.class);
    return (LaneEvent.Undecodable) read;
  }

  @Test
  void randomEventsComeBack() {
    var events = new RandomEvents(SEED);
    for (int i = 0; i < 5_000; i++) {
      Event event = events.next();
      Event expected = event.key() == null ? event.toBuilder().key("other").build() : event;
      assertThat(through(event)).as("event %d of seed %d", i, SEED).isEqualTo(expected);
    }
  }

  @Test
  void theSizeIsExact() {
    var events = new RandomEvents(SEED + 1);
    for (int i = 0; i < 5_000; i++) {
      Event event = events.next();
      assertThat(EventWire.sizeOf(event))
          .as("event %d of seed %d", i, SEED + 1)
          .isEqualTo(EventWire.headers(event).serializedLength() + event.payload().length);
    }
  }

  @Test
  void aHundredHeadersComeBack() {
    var event = Event.builder().key("").payload("");
    for (int i = 0; i < 100; i++) {
      event.header("näme " + i, "\u00e4".repeat(i) + " ");
    }
    Event built = event.build();
    assertThat(through(built)).isEqualTo(built);
  }

  @Test
  void attributesAreHeadersOfTheBinding() {
    var event = Event.builder()
        .id("1 2")
        .source("/s")
        .type("t\"")
        .time(STORED)
        .key("Größe")
        .header("trace", "50%")
        .header("ce-subject", "s")
        .header("Nats-TTL", "1")
        .payload(DATA)
        .build();
    assertThat(EventWire.headers(event).toString().split(";\\s*"))
        .containsExactlyInAnyOrder(
            "ce-specversion:1.0",
            "ce-id:1%202",
            "ce-source:/s",
            "ce-type:t%22",
            "ce-time:2026-02-03T04:05:06.789012345Z",
            "ce-partitionkey:Gr%C3%B6%C3%9Fe",
            "trace:50%25",
            "ce-subject:s",
            "eb-h-Nats-TTL:1");
  }

  @Test
  void anEventOfAnotherCloudEventsClientIsRead() {
    var headers = new Headers()
        .put("CE-SpecVersion", "1.0")
        .put("ce-id", "%E2%82%AC")
        .put("Ce-Source", "/mine")
        .put("ce-type", "com.example.some%20event")
        .put("ce-time", "2018-04-05T17:31:00+02:00")
        .put("ce-datacontenttype", "text/plain")
        .put("plain", "100% of %zz")
        .put("latin", "%E4")
        .put("Nats-Msg-Id", "1");
    assertThat(event(EventWire.read(at("key"), DATA, headers)))
        .isEqualTo(Event.builder()
            .id("€")
            .source("/mine")
            .type("com.example.some event")
            .time(Instant.parse("2018-04-05T15:31:00Z"))
            .key("key")
            .header("ce-datacontenttype", "text/plain")
            .header("plain", "100% of %zz")
            .header("latin", "%E4")
            .payload(DATA)
            .build());
  }

  @Test
  void aMissingTimeIsThatOfTheStore() {
    var headers = new Headers().put("ce-id", "1");
    assertThat(event(EventWire.read(at(null), DATA, headers)).time()).isEqualTo(STORED);
  }

  @Test
  void aRawMessageIsAnEvent() {
    var headers = new Headers()
        .put("a", "1", "2")
        .put("b", "%41")
        .put("ce-type", "t")
        .put("Nats-Expected-Stream", "x")
        .put("eb-h-%41", "c");
    Event expected = Event.builder()
        .id("raw-7")
        .time(STORED)
        .key("key")
        .headers(Map.of("a", "1, 2", "b", "%41", "ce-type", "t", "eb-h-%41", "c"))
        .payload(DATA)
        .build();
    assertThat(event(EventWire.read(at("key"), DATA, headers))).isEqualTo(expected);
    assertThat(event(EventWire.read(at(null), DATA, null)))
        .isEqualTo(Event.builder().id("raw-7").time(STORED).payload(DATA).build());
  }

  @Test
  void anotherVersionIsUndecodable() {
    var headers = new Headers().put("ce-specversion", "2.0").put("ce-id", "1").put("x", "y");
    var read = undecodable(EventWire.read(at("key"), DATA, headers));
    assertThat(read.reason()).contains("ce-specversion", "2.0");
    assertThat(read.raw()).isSameAs(DATA);
    assertThat(read.headers()).containsEntry("x", "y").containsEntry("ce-id", "1");
  }

  @Test
  void anUnreadableTimeIsUndecodable() {
    for (String time : new String[] {"", "yesterday", "2018-04-05", "2018-13-05T17:31:00Z"}) {
      var headers = new Headers().put("ce-id", "1").put("ce-time", time);
      assertThat(undecodable(EventWire.read(at("key"), DATA, headers)).reason())
          .contains("ce-time is \"" + time + "\"");
    }
  }

  @Test
  void anEmptyIdIsUndecodable() {
    var read = undecodable(EventWire.read(at("key"), DATA, new Headers().put("ce-id", "")));
    assertThat(read.reason()).contains("id is null or empty");
  }

  @Test
  void textBeyondAsciiIsReadFromTheRawBlock() {
    byte[] utf8 = "NATS/1.0\r\nname: größe \r\nce-source:ü%20\r\n\r\n".getBytes(UTF_8);
    assertThat(event(EventWire.readRaw(at(null), DATA, utf8)).headers())
        .isEqualTo(Map.of("name", "größe", "ce-source", "ü%20"));
    byte[] latin = "NATS/1.0\r\nname:größe\r\nce-id:ü%20\r\n\r\n".getBytes(ISO_8859_1);
    assertThat(event(EventWire.readRaw(at(null), DATA, latin)))
        .satisfies(read -> assertThat(read.id()).isEqualTo("ü "))
        .satisfies(read -> assertThat(read.headers()).containsEntry("name", "größe"));
  }

  @Test
  void whatIsNoHeaderBlockIsReadAsFarAsItGoes() {
    for (String block : new String[] {
      "", "\r", "\r\n", "NATS/1.0", "NATS/1.0\r\n:\r\n\r\n", "NATS/1.0\r\nx\r\n", "\r\n\r\n\r\n:::"
    }) {
      assertThat(event(EventWire.readRaw(at(null), DATA, block.getBytes(UTF_8))))
          .extracting(Event::headers, InstanceOfAssertFactories.MAP)
          .isEmpty();
    }
    byte[] cut = "NATS/1.0\r\na:b\rc\nd\r\ne:f".getBytes(UTF_8);
    assertThat(event(EventWire.readRaw(at(null), DATA, cut)).headers())
        .isEqualTo(Map.of("a", "b\rc\nd", "e", "f"));
  }
}
