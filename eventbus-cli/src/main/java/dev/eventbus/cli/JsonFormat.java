package dev.eventbus.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.eventbus.Delivery;
import dev.eventbus.Event;

/** A JSON object with all of the delivery; {@link JsonInput} takes it back. */
final class JsonFormat implements DeliveryFormat {

  @Override
  public String line(Delivery delivery, boolean failing) {
    var json = Json.MAPPER.createObjectNode();
    json.put("topic", delivery.topic());
    json.put("group", delivery.group());
    json.put("lane", delivery.lane());
    json.put("fence", delivery.fence());
    json.put("attempt", delivery.attempt());
    json.put("redelivered", delivery.redelivered());
    if (failing) {
      json.put("failing", true);
    }
    putEvent(json, delivery.event());
    return Json.line(json);
  }

  private static void putEvent(ObjectNode json, Event event) {
    json.put("id", event.id());
    json.put("source", event.source());
    json.put("type", event.type());
    json.put("time", event.time().toString());
    if (event.key() != null) {
      json.put("key", event.key());
    }
    if (!event.headers().isEmpty()) {
      var headers = json.putObject("headers");
      event.headers().forEach(headers::put);
    }
    PayloadText.of(event.payload())
        .ifPresentOrElse(
            text -> json.put("payload", text),
            () -> json.put("payloadBase64", PayloadText.base64(event.payload())));
  }
}
