package dev.eventbus.conformance.report;

import dev.eventbus.Capabilities;
import dev.eventbus.conformance.Clause;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** Clauses by drivers, filled while tests run. Thread-safe. */
public final class Matrix {

  /** What is known of a clause on a driver. */
  enum State {
    PROVED("proved"),
    NOT_OFFERED("not offered"),
    BROKEN("broken"),
    OPEN("open");

    final String text;

    State(String text) {
      this.text = text;
    }
  }

  /** A column. */
  record DriverColumn(String id, String broker, String client) {}

  /** A row. */
  record ClauseRow(String id, boolean mandatory, String title) {}

  /** A cell, with the names that the published file has. */
  record Cell(
      String clause,
      String driver,
      String state,
      int tests,
      int saboteurs,
      String evidence,
      String reason) {}

  /** The whole, as it is published. */
  record Published(List<DriverColumn> drivers, List<ClauseRow> clauses, List<Cell> cells) {}

  private final Map<String, Column> columns = new LinkedHashMap<>();

  private static final class Column {
    private final Capabilities capabilities;
    private final Map<Clause, Evidence> evidence = new EnumMap<>(Clause.class);

    Column(Capabilities capabilities) {
      this.capabilities = capabilities;
    }

    Evidence of(Clause clause) {
      return evidence.computeIfAbsent(clause, any -> new Evidence());
    }
  }

  private static final class Evidence {
    private final TreeSet<String> passed = new TreeSet<>();
    private final TreeSet<String> failed = new TreeSet<>();
    private final TreeSet<String> saboteurs = new TreeSet<>();
    private String where = "";
    private String missing = "";
  }

  /** Opens a driver's column. */
  public synchronized void driver(String id, Capabilities capabilities) {
    columns.putIfAbsent(id, new Column(capabilities));
  }

  /** A test of a clause has ended; the evidence is a path below the report. */
  public synchronized void tested(
      String driver, Clause clause, String test, boolean passed, String evidence) {
    Column column = columns.get(driver);
    if (column != null) {
      Evidence of = column.of(clause);
      (passed ? of.passed : of.failed).add(test);
      of.where = evidence;
    }
  }

  /** A test of a clause has caught a saboteur. */
  public synchronized void caught(String driver, Clause clause, String saboteur) {
    Column column = columns.get(driver);
    if (column != null) {
      column.of(clause).saboteurs.add(saboteur);
    }
  }

  /** A test of a clause had no means on this broker; the reason says what was missing. */
  public synchronized void open(String driver, Clause clause, String reason) {
    Column column = columns.get(driver);
    if (column != null) {
      column.of(clause).missing = reason;
    }
  }

  synchronized Published publish() {
    var drivers = new ArrayList<DriverColumn>();
    var clauses = new ArrayList<ClauseRow>();
    var cells = new ArrayList<Cell>();
    columns.forEach((id, column) -> drivers.add(
        new DriverColumn(id, column.capabilities.broker(), column.capabilities.client())));
    for (Clause clause : Clause.values()) {
      clauses.add(new ClauseRow(clause.name(), clause.mandatory(), clause.title()));
      columns.forEach((id, column) -> cells.add(cell(clause, id, column)));
    }
    return new Published(drivers, clauses, cells);
  }

  private static Cell cell(Clause clause, String driver, Column column) {
    Evidence evidence = column.of(clause);
    int tests = evidence.passed.size() + evidence.failed.size();
    State state = !evidence.failed.isEmpty()
        ? State.BROKEN
        : column.capabilities.notOffered().containsKey(clause.name())
            ? State.NOT_OFFERED
            : tests > 0 ? State.PROVED : State.OPEN;
    String reason = switch (state) {
      case NOT_OFFERED -> column.capabilities.notOffered().getOrDefault(clause.name(), "");
      case OPEN -> evidence.missing;
      case PROVED, BROKEN -> "";
    };
    return new Cell(
        clause.name(),
        driver,
        state.text,
        tests,
        evidence.saboteurs.size(),
        evidence.where,
        reason);
  }
}
