package dev.eventbus.driver.nats;

import io.nats.client.Message;
import io.nats.client.api.ApiResponse;

/** An answer of JetStream of which only the error matters. */
final class PlainReply extends ApiResponse<PlainReply> {

  PlainReply(Message answer) {
    super(answer);
  }

  /**
   * Looks for an error.
   *
   * @throws ServerRefusal if there is one
   */
  static void check(Message answer) {
    var reply = new PlainReply(answer);
    if (reply.hasError()) {
      throw new ServerRefusal(reply.getApiErrorCode(), reply.getDescription());
    }
  }
}
