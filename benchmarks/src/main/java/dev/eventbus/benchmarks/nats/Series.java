package dev.eventbus.benchmarks.nats;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Values of one thing, measured again and again. */
final class Series {

  private final List<Double> values = new ArrayList<>();

  void add(double value) {
    values.add(value);
  }

  /** The value below which this share of them lies. */
  double quantile(double share) {
    List<Double> sorted = new ArrayList<>(values);
    Collections.sort(sorted);
    return sorted.get((int) Math.min(sorted.size() - 1, sorted.size() * share));
  }

  /** Half are below; of two in the middle, what is between them. */
  double median() {
    List<Double> sorted = new ArrayList<>(values);
    Collections.sort(sorted);
    int size = sorted.size();
    return (sorted.get((size - 1) / 2) + sorted.get(size / 2)) / 2;
  }

  /** Median, least and greatest. */
  String text(String format) {
    return (format + " (" + format + " to " + format + ")")
        .formatted(median(), Collections.min(values), Collections.max(values));
  }
}
