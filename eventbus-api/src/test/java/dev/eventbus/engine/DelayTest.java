package dev.eventbus.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.eventbus.ConnectOptions;
import dev.eventbus.Event;
import dev.eventbus.EventBus;
import dev.eventbus.PublishException.Outcome;
import dev.eventbus.PublishOptions;
import dev.eventbus.UnsupportedCapabilityException;
import dev.eventbus.spi.Append;
import dev.eventbus.spi.AppendException.Remedy;
import dev.eventbus.spi.TopicWriter.Ordering;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** P9: what the engine does with a delay. */
class DelayTest {

  private static final Event EVENT = Event.of("k", "p");
  private static final PublishOptions LATER =
      PublishOptions.defaults().withDeliverAfter(Duration.ofSeconds(5));

  private final VirtualRuntime runtime = new VirtualRuntime();
  private final MemoryWriter writer = new MemoryWriter(Ordering.ONE_IN_FLIGHT_PER_KEY);
  private final MemoryDriver driver = new MemoryDriver().opens(writer);

  private EventBus bus() {
    return BusFactory.over(driver, runtime, ConnectOptions.defaults());
  }

  @Test
  void theDriverIsAskedToHoldTheEventBack() {
    var unused = bus().publish("orders", EVENT, LATER);
    runtime.run();
    assertThat(writer.received).extracting(Append::delay).containsExactly(Duration.ofSeconds(5));
  }

  @Test
  void aRetryAsksForTheSameDelayUnderTheSameId() {
    var unused = bus().publish("orders", EVENT, LATER);
    runtime.run();
    writer.refuseFirst(Outcome.UNKNOWN, Remedy.RETRY);
    runtime.advance(Duration.ofSeconds(1));
    assertThat(writer.received).hasSize(2);
    assertThat(writer.received.get(1)).isEqualTo(writer.received.get(0));
  }

  @Test
  void withoutOneNothingIsHeldBack() {
    var unused = bus().publish("orders", EVENT);
    runtime.run();
    assertThat(writer.received).extracting(Append::delay).containsExactly(Duration.ZERO);
  }

  @Test
  void aDriverThatCannotIsNotAsked() {
    driver.notOffered = Map.of("P9", "publish it when it is due");
    assertThatExceptionOfType(UnsupportedCapabilityException.class)
        .isThrownBy(() -> bus().publish("orders", EVENT, LATER))
        .withMessageContaining(
            "The driver memory does not offer clause P9: publish it when it is due");
    assertThat(driver.opened).isEmpty();
    var unused = bus().publish("orders", EVENT, PublishOptions.defaults());
    runtime.run();
    assertThat(writer.received).hasSize(1);
  }

  @Test
  void aDelayIsFromNoneToAYear() {
    PublishOptions options = PublishOptions.defaults();
    assertThat(options.withDeliverAfter(Duration.ofDays(365)).deliverAfter()).hasDays(365);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> options.withDeliverAfter(Duration.ofMillis(-1)))
        .withMessage("deliverAfter is PT-0.001S: give zero or more");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> options.withDeliverAfter(Duration.ofDays(365).plusNanos(1)))
        .withMessageContaining("deliverAfter is PT8760H0.000000001S: give at most PT8760H");
  }
}
