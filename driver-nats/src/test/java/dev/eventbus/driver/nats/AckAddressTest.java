package dev.eventbus.driver.nats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class AckAddressTest {

  private static final AckAddress USUAL = AckAddress.of("orders=eu", "billing=3");

  @Test
  void theShortFormIsRead() {
    AckAddress.Delivery delivery = USUAL.read("$JS.ACK.orders=eu.billing=3.2.17.99.1700000000.5");
    assertThat(delivery).isEqualTo(new AckAddress.Delivery(USUAL, 17, 99, 1_700_000_000L, 5));
  }

  @Test
  void theLongFormGivesAcksThatHaveItsDomainAndAccount() {
    String longForm = "$JS.ACK.hub.ACCHASH.orders=eu.billing=3.1.17.99.1700000000.5";
    AckAddress.Delivery delivery = USUAL.read(longForm);
    assertThat(delivery.sequence()).isEqualTo(17);
    assertThat(delivery.number()).isEqualTo(99);
    assertThat(delivery.epochNanos()).isEqualTo(1_700_000_000L);
    assertThat(delivery.pending()).isEqualTo(5);
    assertThat(delivery.address().ack(18))
        .startsWith("$JS.ACK.hub.ACCHASH.orders=eu.billing=3.1.18.");
    assertThat(delivery.address().read(longForm)).isEqualTo(delivery);
  }

  @Test
  void theTokenBehindTheLongFormIsIgnored() {
    AckAddress.Delivery delivery =
        USUAL.read("$JS.ACK._.ACCHASH.orders=eu.billing=3.1.17.99.1700000000.5.token");
    assertThat(delivery.pending()).isEqualTo(5);
    assertThat(delivery.address().prefix()).isEqualTo("$JS.ACK._.ACCHASH.orders=eu.billing=3.");
  }

  @Test
  void anotherConsumersShortFormIsReadAsItsOwn() {
    AckAddress.Delivery delivery = USUAL.read("$JS.ACK.other.g=0.1.2.3.4.5");
    assertThat(delivery.address()).isEqualTo(AckAddress.of("other", "g=0"));
    assertThat(delivery.sequence()).isEqualTo(2);
  }

  @Test
  void acksNameTheStoredEventAndNaksADelivery() {
    assertThat(USUAL.ack(17)).isEqualTo("$JS.ACK.orders=eu.billing=3.1.17.1.0.0");
    assertThat(USUAL.nak(17, 99)).isEqualTo("$JS.ACK.orders=eu.billing=3.1.17.99.0.0");
  }

  @Test
  void whatIsNoAddressIsRefused() {
    assertThatThrownBy(() -> USUAL.read("$JS.ACK.orders=eu.billing=3.1.x.1.0.0"))
        .isInstanceOf(NumberFormatException.class);
  }
}
