package dev.eventbus.conformance;

import static dev.eventbus.conformance.Claims.claim;
import static dev.eventbus.conformance.Claims.claimThrows;

import dev.eventbus.Capabilities;
import dev.eventbus.UnsupportedCapabilityException;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Assumptions;

/** Ends tests of clauses that a broker cannot keep: they are neither proved nor broken. */
final class Offered {

  private Offered() {}

  /**
   * Goes on where the driver offers the clause. Where it does not, what needs the clause must say so,
   * and the test is aborted with the driver's own words; the matrix then shows <em>not offered</em>.
   */
  static void orEnd(Clause clause, Capabilities capabilities, Callable<?> use) {
    String wayOut = capabilities.notOffered().get(clause.name());
    if (wayOut != null) {
      claimRefused(clause, capabilities.driver(), wayOut, use);
      Assumptions.abort(clause + " is not offered: " + wayOut);
    }
  }

  /** Claims that a use is refused with the driver, the clause and the way out. */
  static void claimRefused(Clause clause, String driver, String wayOut, Callable<?> use) {
    var refusal = claimThrows(clause, UnsupportedCapabilityException.class, use);
    String text = "" + refusal.getMessage();
    claim(
        clause,
        text.contains(driver) && text.contains(clause.name()) && text.contains(wayOut),
        "the refusal lacks driver, clause or way out: " + text);
  }
}
