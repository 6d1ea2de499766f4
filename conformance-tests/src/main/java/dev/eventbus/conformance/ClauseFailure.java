package dev.eventbus.conformance;

import dev.eventbus.conformance.history.Verdict;
import java.util.EnumSet;
import java.util.Set;

/** A clause does not hold. */
public final class ClauseFailure extends AssertionError {
  private static final long serialVersionUID = 1L;

  private final EnumSet<Clause> broken;

  private ClauseFailure(Set<Clause> broken, String text) {
    super(text);
    this.broken = EnumSet.noneOf(Clause.class);
    this.broken.addAll(broken);
  }

  /** Says what was seen instead. */
  public static ClauseFailure of(Clause clause, String text) {
    return new ClauseFailure(Set.of(clause), clause + ": " + text);
  }

  /** Says what a checker found. */
  public static ClauseFailure of(Verdict verdict) {
    return new ClauseFailure(verdict.broken(), verdict.toString());
  }

  /** The clauses that do not hold. */
  public Set<Clause> broken() {
    return Set.copyOf(broken);
  }
}
