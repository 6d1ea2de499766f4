package dev.eventbus.cli;

import dev.eventbus.Event;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The payloads given as arguments, the whole list as often as asked for. When that is more than
 * once, <code>{n}</code> in a payload or key stands for the number of the event, from 1, and
 * <code>{n%20}</code> for its remainder.
 */
final class ArgumentInput implements Input {

  private static final Pattern NUMBER = Pattern.compile("\\{n(?:%([1-9]\\d{0,8}))?}");

  private final List<String> payloads;
  private final EventTemplate template;
  private final long repeat;
  private long number;

  ArgumentInput(List<String> payloads, EventTemplate template, long repeat) {
    this.payloads = List.copyOf(payloads);
    this.template = template;
    this.repeat = repeat;
  }

  @Override
  public @Nullable Event next() throws BadInputException {
    if (number / payloads.size() >= repeat) {
      return null;
    }
    String text = payloads.get((int) (number % payloads.size()));
    number++;
    String payload = numbered(text);
    String key = template.keyOf(payload);
    return template
        .start()
        .key(key == null ? null : numbered(key))
        .payload(payload)
        .build();
  }

  @Override
  public String where() {
    return "event " + number;
  }

  private String numbered(String text) {
    if (repeat == 1) {
      return text;
    }
    return NUMBER.matcher(text).replaceAll(match -> {
      String modulus = match.group(1);
      return Long.toString(modulus == null ? number : number % Long.parseLong(modulus));
    });
  }
}
