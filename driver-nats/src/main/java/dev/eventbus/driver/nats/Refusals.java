package dev.eventbus.driver.nats;

import dev.eventbus.DriverException;
import dev.eventbus.EventBusException;

/** Says what the server's refusals mean, and how to mend them. */
final class Refusals {

  private Refusals() {}

  /** What an application reads. */
  static String text(String what, ServerRefusal refusal) {
    return String.valueOf(explained(what, refusal).getMessage());
  }

  /** The exception that an application sees. */
  static EventBusException explained(String what, Throwable cause) {
    if (cause instanceof EventBusException known) {
      return known;
    }
    if (!(cause instanceof ServerRefusal refusal)) {
      return new DriverException(
          NatsError.UNAVAILABLE,
          "JetStream did not answer for " + what + ": it may be restarting, or the user may lack"
              + " permission for $JS.API.>",
          cause);
    }
    return switch (refusal.code()) {
      case 10074, 10005 ->
        error(
            NatsError.REPLICAS,
            what,
            refusal,
            "NATS_STREAM_REPLICAS asks for more copies than there are nodes with JetStream: lower"
                + " it, or add nodes");
      case 10023, 10047, 10077 ->
        error(
            NatsError.NO_SPACE,
            what,
            refusal,
            "the server has no room left for JetStream: free space or raise its limits");
      case 10054, 10097 ->
        error(
            NatsError.LIMIT,
            what,
            refusal,
            "it is larger than the stream takes: raise the stream's max_msg_size, or send less; its"
                + " headers may have 64 KiB");
      case 10002, 10026, 10027, 10028, 10120, 10122 ->
        error(
            NatsError.LIMIT,
            what,
            refusal,
            "a limit of the account or stream is reached: raise it, or use fewer lanes"
                + " (EVENTBUS_LANES)");
      case 10039, 10076, 10035 ->
        error(
            NatsError.NO_JETSTREAM,
            what,
            refusal,
            "start nats-server with JetStream (-js) and allow it for the account, or set"
                + " NATS_USE_JETSTREAM=false for the realtime profile");
      case ServerRefusal.SUBJECTS_OVERLAP ->
        error(
            NatsError.TOPIC_MISFIT,
            what,
            refusal,
            "another stream has its subjects: rename the topic, or remove that stream");
      case ServerRefusal.STREAM_NOT_FOUND ->
        error(NatsError.NOT_FOUND, what, refusal, "create it first");
      case ServerRefusal.CONSUMER_NOT_FOUND ->
        error(NatsError.NOT_FOUND, what, refusal, "there is no such group");
      default -> error(NatsError.REFUSED, what, refusal, "see the server's log");
    };
  }

  private static DriverException error(
      NatsError code, String what, ServerRefusal refusal, String mend) {
    return new DriverException(
        code, "nats-server refused " + what + ": " + refusal.getMessage() + "; " + mend, refusal);
  }
}
