package dev.eventbus.conformance;

/** What every group of clauses works with. */
public interface Conformance {

  /** The bench of the test that runs. */
  Bench bench();
}
