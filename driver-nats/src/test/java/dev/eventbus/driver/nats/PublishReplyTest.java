package dev.eventbus.driver.nats;

import static dev.eventbus.driver.nats.FakeConnection.message;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.UncheckedIOException;
import org.junit.jupiter.api.Test;

class PublishReplyTest {

  @Test
  void theSequenceIsRead() {
    assertThat(PublishReply.sequence(message("{\"stream\":\"orders\", \"seq\":1234567890123}")))
        .isEqualTo(1_234_567_890_123L);
  }

  @Test
  void aRepeatHasTheSequenceOfTheFirst() {
    assertThat(PublishReply.sequence(
            message("{\"stream\":\"orders\",\"domain\":\"hub\",\"seq\":7,\"duplicate\":true}")))
        .isEqualTo(7);
  }

  @Test
  void spacesDoNotMatter() {
    assertThat(PublishReply.sequence(message("{ \"stream\": \"orders\", \"seq\": 7 }")))
        .isEqualTo(7);
  }

  @Test
  void aRefusalKeepsTheServersCodeAndWords() {
    String json = "{\"error\":{\"code\":503,\"err_code\":10077,\"description\":\"maximum bytes"
        + " exceeded\"},\"stream\":\"orders\",\"seq\":0}";
    assertThatThrownBy(() -> PublishReply.sequence(message(json)))
        .isInstanceOfSatisfying(
            ServerRefusal.class, refusal -> assertThat(refusal.code()).isEqualTo(10077))
        .hasMessage("maximum bytes exceeded (10077)");
  }

  @Test
  void aWrongLastSequenceNamesTheOneThatIsThere() {
    var refusal = new ServerRefusal(ServerRefusal.WRONG_LAST_SEQUENCE, "wrong last sequence: 4711");
    assertThat(PublishReply.lastSequence(refusal)).isEqualTo(4711);
  }

  @Test
  void anAnswerOfSomebodyElseIsNoConfirmation() {
    assertThatThrownBy(() -> PublishReply.sequence(message("{\"hello\":\"world\"}")))
        .isInstanceOf(UncheckedIOException.class);
    assertThatThrownBy(() -> PublishReply.sequence(message("+OK")))
        .isInstanceOf(RuntimeException.class);
  }
}
