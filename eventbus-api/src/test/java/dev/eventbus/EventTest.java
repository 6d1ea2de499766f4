package dev.eventbus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class EventTest {

  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

  private static Event.Builder complete() {
    return Event.builder()
        .id("i")
        .source("s")
        .type("t")
        .time(NOON)
        .key("k")
        .header("h", "v")
        .payload("p");
  }

  @Test
  void onlyThePayloadIsNeeded() {
    Event event = Event.builder().payload(new byte[] {1, 2}).build();
    assertThat(event.payload()).containsExactly(1, 2);
    assertThat(event.id()).isNotEmpty();
    assertThat(event.source()).isEqualTo(Event.DEFAULT_SOURCE);
    assertThat(event.type()).isEqualTo(Event.DEFAULT_TYPE);
    assertThat(event.key()).isNull();
    assertThat(event.headers()).isEmpty();
    assertThat(event.time()).isBetween(Instant.now().minusSeconds(60), Instant.now());
  }

  @Test
  void aMissingPayloadIsRefusedWithTheMend() {
    assertThatExceptionOfType(InvalidEventException.class)
        .isThrownBy(() -> Event.builder().key("k").build())
        .withMessageContaining("no payload (null)")
        .withMessageContaining("new byte[0]")
        .withMessageEndingWith("[invalid-event]");
    assertThatExceptionOfType(InvalidEventException.class)
        .isThrownBy(() -> Event.of("k", (String) null));
  }

  @Test
  void anEmptyPayloadIsOne() {
    assertThat(Event.of("k", "").payload()).isEmpty();
    assertThat(Event.of(new byte[0]).text()).isEmpty();
  }

  /** Gives a builder something that it must refuse. */
  record Refused(String attribute, Consumer<Event.Builder> change) {
    @Override
    public String toString() {
      return attribute;
    }
  }

  static List<Refused> refusedAttributes() {
    return List.of(
        new Refused("id", builder -> builder.id("")),
        new Refused("id", builder -> builder.id(null)),
        new Refused("source", builder -> builder.source("")),
        new Refused("type", builder -> builder.type(null)),
        new Refused("header name", builder -> builder.header("", "v")),
        new Refused("header name", builder -> builder.headers(Map.of("", "v"))));
  }

  @ParameterizedTest
  @MethodSource("refusedAttributes")
  void anEmptyAttributeIsRefusedByName(Refused refused) {
    assertThatExceptionOfType(InvalidEventException.class)
        .isThrownBy(() -> refused.change().accept(Event.builder()))
        .withMessageContaining("The event's " + refused.attribute() + " is null or empty");
  }

  @Test
  void aHeaderWithoutAValueIsRefusedByName() {
    assertThatNullPointerException()
        .isThrownBy(() -> Event.builder().header("trace", null))
        .withMessage("value of header trace");
  }

  @Test
  void anEmptyHeaderValueIsOne() {
    Event event = complete().header("empty", "").build();
    assertThat(event.headers()).containsEntry("empty", "").containsEntry("h", "v");
  }

  @Test
  void anEmptyKeyIsNotAMissingOne() {
    Event empty = complete().key("").build();
    Event missing = complete().key(null).build();
    assertThat(empty.key()).isEmpty();
    assertThat(missing.key()).isNull();
    assertThat(empty).isNotEqualTo(missing);
  }

  static List<Consumer<Event.Builder>> differences() {
    return List.of(
        builder -> builder.id("other"),
        builder -> builder.source("other"),
        builder -> builder.type("other"),
        builder -> builder.time(NOON.plusNanos(1)),
        builder -> builder.key("other"),
        builder -> builder.header("h", "other"),
        builder -> builder.header("more", ""),
        builder -> builder.payload("other"));
  }

  @ParameterizedTest
  @MethodSource("differences")
  void eventsThatDifferInAnyPartAreNotEqual(Consumer<Event.Builder> difference) {
    Event.Builder builder = complete();
    difference.accept(builder);
    assertThat(builder.build()).isNotEqualTo(complete().build());
  }

  @Test
  void equalPartsMakeEqualEvents() {
    assertThat(complete().build())
        .isEqualTo(complete().build())
        .hasSameHashCodeAs(complete().build());
  }

  @Test
  void aCopyKeepsEverythingAndLeavesItsOriginalAlone() {
    Event original = complete().build();
    Event copy = original.toBuilder().header("dlq", "1").build();
    assertThat(original.toBuilder().build()).isEqualTo(original);
    assertThat(copy.id()).isEqualTo("i");
    assertThat(copy.headers()).containsOnlyKeys("h", "dlq");
    assertThat(original.headers()).containsOnlyKeys("h");
  }

  @Test
  void headersCannotBeChangedLater() {
    Event.Builder builder = complete();
    Event event = builder.build();
    builder.header("late", "1");
    assertThat(event.headers()).containsOnlyKeys("h").isUnmodifiable();
  }

  @Test
  void textIsUtf8() {
    Event event = Event.of("k", "grüße 😀");
    assertThat(event.payload()).isEqualTo("grüße 😀".getBytes(StandardCharsets.UTF_8));
    assertThat(event.text()).isEqualTo("grüße 😀");
  }

  @Test
  void itsTextShowsNeitherPayloadNorHeaderValues() {
    Event event = complete().header("token", "s3cret").payload("pässword").build();
    assertThat(event.toString())
        .contains("id=i", "key=k", "token", "payload=9 bytes")
        .doesNotContain("s3cret", "pässword");
  }

  @Test
  void drawnIdsNeverRepeat() {
    Set<String> ids = new HashSet<>();
    for (int i = 0; i < 10_000; i++) {
      ids.add(Event.of(new byte[0]).id());
    }
    assertThat(ids).hasSize(10_000);
  }
}
